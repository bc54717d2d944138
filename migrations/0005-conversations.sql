-- Channels, conversations and the history. A conversation is one contact on one channel.

create table channel (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  kind text not null check (kind in ('whatsapp')),
  name text not null check (length(name) between 1 and 120),
  display_number text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id)
);

-- What happens on a channel but belongs to no conversation (group items, unknown kinds of field).
create table channel_counter (
  workspace_id uuid not null,
  channel_id uuid not null,
  name text not null,
  occurrences bigint not null,
  last_at timestamptz not null,
  primary key (workspace_id, channel_id, name),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id)
);

create table conversation (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  status text not null default 'open' check (status in ('open', 'resolved')),
  assignee_id uuid,
  unread_count integer not null default 0 check (unread_count >= 0),
  last_message_id uuid,
  last_activity_at timestamptz(3) not null default clock_timestamp(),
  -- When the person last wrote: the 24-hour window is counted from here.
  last_inbound_at timestamptz,
  -- Since when the person waits for an answer.
  waiting_since timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  foreign key (workspace_id, assignee_id) references member (workspace_id, id)
);
create unique index conversation_of_contact on conversation (workspace_id, contact_id, channel_id);
create index conversation_all on conversation (workspace_id, last_activity_at desc, id desc);
create index conversation_queue on conversation (workspace_id, last_activity_at desc, id desc)
  where status = 'open' and assignee_id is null;
create index conversation_mine on conversation (workspace_id, assignee_id, last_activity_at desc, id desc)
  where status = 'open' and assignee_id is not null;

create table message (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  -- internal: activity lines (and, later, notes); never leaves.
  direction text not null check (direction in ('in', 'out', 'internal')),
  kind text not null,
  text text,
  -- What a kind needs beside its text, in our own neutral form.
  payload jsonb not null default '{}',
  external_id text,
  status text not null check (status in
    ('received', 'queued', 'sending', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown')),
  error_code text,
  author_kind text check (author_kind in ('member', 'api-key', 'system', 'phone-app')),
  author_id uuid,
  reply_to_id uuid,
  reply_to_external_id text,
  forwarded_from uuid,
  accepted_epoch integer,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  at timestamptz(3) not null,
  provider_at timestamptz,
  edited_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation (workspace_id, id)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);
create unique index message_external on message (workspace_id, channel_id, external_id) where external_id is not null;
create index message_thread on message (workspace_id, conversation_id, at desc, id desc);
create index message_outbox on message (workspace_id, conversation_id, at, id)
  where direction = 'out' and status in ('queued', 'sending');

create table message_reaction (
  workspace_id uuid not null,
  message_id uuid not null,
  contact_id uuid not null,
  -- in: the contact's; out: ours.
  direction text not null check (direction in ('in', 'out')),
  emoji text not null check (length(emoji) <= 40),
  at timestamptz(3) not null,
  primary key (workspace_id, message_id, direction),
  foreign key (workspace_id, message_id) references message (workspace_id, id)
);

create table idempotency_key (
  workspace_id uuid not null references workspace (id),
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null,
  message_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, actor_id, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- The second wall on the history (G10): new inbound rows, inbound rows whose content or place changes, reactions.
create function message_insert_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
    from (select distinct workspace_id, contact_id from added where direction = 'in') d;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  return null;
end $$;

create trigger message_insert_guard after insert on message
  referencing new table as added for each statement execute function message_insert_guard();

create function message_update_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  with touched as (
    -- Full, so that a row whose id was changed as well does not slip through.
    select coalesce(n.workspace_id, o.workspace_id) as workspace_id,
           o.contact_id as old_contact, n.contact_id as new_contact, n.created_at
      from removed o full join added n on n.workspace_id = o.workspace_id and n.id = o.id
     where 'in' in (o.direction, n.direction)
       and (o.direction, o.conversation_id, o.contact_id, o.channel_id, o.kind, o.text, o.payload,
            o.edited_at, o.revoked_at, o.at, o.created_at)
           is distinct from
           (n.direction, n.conversation_id, n.contact_id, n.channel_id, n.kind, n.text, n.payload,
            n.edited_at, n.revoked_at, n.at, n.created_at)
  ), guarded as (
    select workspace_id, unnest(array[old_contact, new_contact]) as contact_id
      from touched t
     -- A merge moves rows that are older than every open block of either side; nothing else may pass.
     where not (
       -- Null where it was never set, and a condition that is null guards nothing.
       current_setting('guarita.gate_exception', true) is not distinct from 'merge'
       and not exists (
         select 1 from block b
          where b.workspace_id = t.workspace_id and b.contact_id in (t.old_contact, t.new_contact)
            and b.lifted_at is null and b.started_at < t.created_at))
  )
  select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
    from (select distinct workspace_id, contact_id from guarded) d;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  return null;
end $$;

create trigger message_update_guard after update on message
  referencing old table as removed new table as added
  for each statement execute function message_update_guard();

create function message_reaction_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from removed where direction = 'in';
  elsif tg_op = 'UPDATE' then
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select workspace_id, contact_id from removed where direction = 'in'
            union select workspace_id, contact_id from added where direction = 'in') d;
  else
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from added where direction = 'in';
  end if;
  if workspaces is not null and current_setting('guarita.gate_exception', true) is distinct from 'merge' then
    perform gate_assert_open(workspaces, contacts);
  end if;
  return null;
end $$;

create trigger message_reaction_insert_guard after insert on message_reaction
  referencing new table as added for each statement execute function message_reaction_guard();
create trigger message_reaction_update_guard after update on message_reaction
  referencing old table as removed new table as added for each statement execute function message_reaction_guard();
create trigger message_reaction_delete_guard after delete on message_reaction
  referencing old table as removed for each statement execute function message_reaction_guard();
