-- What other programs are told of: addresses, what happened, and how the telling went (decision 0035).

create table webhook_endpoint (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  url text not null check (length(url) between 1 and 2000),
  event_types text[] not null check (cardinality(event_types) > 0),
  -- Sealed for their row, like the secrets of channels (decision 0025). The former one signs too until its time.
  secret text not null,
  former_secret text,
  former_secret_until timestamptz(3),
  is_on boolean not null default true,
  off_cause text check (off_cause in ('person', 'failing', 'gone')),
  -- Since when nothing has arrived there; null from the first success on.
  failing_since timestamptz(3),
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  check (is_on = (off_cause is null)),
  check ((former_secret is null) = (former_secret_until is null))
);

create table webhook_event (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  type text not null,
  -- What can be noticed by several at once is told once.
  once_key text,
  -- Ids of ours, states and masked numbers; nothing that anybody wrote.
  data jsonb not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  unique (workspace_id, once_key)
);
create index webhook_event_at on webhook_event (at);

create table webhook_delivery (
  workspace_id uuid not null,
  id uuid not null,
  -- Within a lane the order of the telling. Who writes into a contact's lane holds the contact's lock.
  seq bigint generated always as identity,
  event_id uuid not null,
  endpoint_id uuid not null,
  -- The contact that it is about; one of its own where it is about none.
  lane uuid not null,
  is_resend boolean not null default false,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'delivered', 'failed')),
  -- Of each try: when, how long, the status or what went wrong. Never a body.
  attempts jsonb not null default '[]',
  attempt_count integer not null default 0,
  next_attempt_at timestamptz(3) not null default clock_timestamp(),
  -- Whose turn it is: a process that died keeps it until then.
  lease_id uuid,
  leased_until timestamptz(3),
  created_at timestamptz(3) not null default clock_timestamp(),
  ended_at timestamptz(3),
  primary key (workspace_id, id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoint (workspace_id, id) on delete cascade,
  foreign key (workspace_id, event_id) references webhook_event (workspace_id, id) on delete cascade,
  check ((state = 'sending') = (lease_id is not null)),
  check ((state = 'sending') = (leased_until is not null)),
  check ((state in ('delivered', 'failed')) = (ended_at is not null))
);
create unique index webhook_delivery_lane on webhook_delivery (workspace_id, endpoint_id, lane, seq)
  where state in ('waiting', 'sending');
create index webhook_delivery_by_time on webhook_delivery (workspace_id, created_at desc, id desc);
create index webhook_delivery_by_endpoint on webhook_delivery (workspace_id, endpoint_id, created_at desc, id desc);
create index webhook_delivery_by_event on webhook_delivery (workspace_id, event_id);
