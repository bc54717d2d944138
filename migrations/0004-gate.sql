-- The gate: blocks, what is counted of the attempts, and what is on the wire.

create table block (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  reason text not null check (reason in
    ('offense', 'sexual-harassment', 'improper-content', 'discrimination', 'fraud', 'spam', 'other')),
  note text check (length(note) <= 2000),
  cause text not null default 'manual' check (cause in ('manual', 'number-change', 'merge')),
  started_at timestamptz(3) not null default clock_timestamp(),
  started_by_kind text not null check (started_by_kind in ('member', 'api-key', 'system')),
  started_by uuid,
  expires_at timestamptz,
  lifted_at timestamptz,
  lifted_by_kind text check (lifted_by_kind in ('member', 'api-key', 'system')),
  lifted_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  check (lifted_at is null or lifted_at >= started_at),
  check (expires_at is null or expires_at > started_at)
);
create unique index block_open on block (workspace_id, contact_id) where lifted_at is null;
create index block_by_contact on block (workspace_id, contact_id, started_at);
create index block_by_start on block (workspace_id, started_at desc, id desc);

-- The only trace of a dropped item: how many, of which kind, first and last time.
create table block_attempt (
  workspace_id uuid not null,
  block_id uuid not null,
  kind text not null,
  attempts bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (workspace_id, block_id, kind),
  foreign key (workspace_id, block_id) references block (workspace_id, id)
);

-- A keyed hash of a dropped item's id, for 8 days: a redelivery is counted once and stays dropped.
create table dropped_item (
  workspace_id uuid not null,
  item_hash bytea not null,
  dropped_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, item_hash)
);
create index dropped_item_age on dropped_item (dropped_at);

-- One row for each request to WhatsApp that names a person. No ended_at = on the wire, whatever the deadline says.
create table dispatch_claim (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('send', 'read')),
  message_id uuid not null,
  accepted_epoch integer not null,
  claimed_at timestamptz not null default clock_timestamp(),
  deadline timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index dispatch_claim_open on dispatch_claim (workspace_id, contact_id) where ended_at is null;
create index dispatch_claim_due on dispatch_claim (deadline) where ended_at is null;
create index dispatch_claim_message on dispatch_claim (workspace_id, message_id);

-- The second wall (G10). Two statements on purpose: the one that locks would read the blocks by a snapshot
-- older than the lock, and let in a row whose block committed while it waited.
create function gate_lock_contacts(workspaces uuid[], contacts uuid[]) returns void language plpgsql as $$
begin
  perform 1
    from contact c
    join (select distinct w, k from unnest(workspaces, contacts) as u (w, k)) u
      on c.workspace_id = u.w and c.id = u.k
   order by c.id
     for no key update of c;
end $$;

create function gate_assert_open(workspaces uuid[], contacts uuid[]) returns void language plpgsql as $$
begin
  perform gate_lock_contacts(workspaces, contacts);
  if exists (
    select 1
      from unnest(workspaces, contacts) as u (w, k)
      join block b on b.workspace_id = u.w and b.contact_id = u.k
     where b.lifted_at is null and (b.expires_at is null or b.expires_at > clock_timestamp())
  ) then
    raise exception 'the gate is closed for this contact' using errcode = 'GT001';
  end if;
end $$;

-- The claim of an outbound item is guarded like the inbound row, epoch included.
create function dispatch_claim_guard() returns trigger language plpgsql as $$
begin
  perform gate_assert_open(
    (select array_agg(workspace_id) from added), (select array_agg(contact_id) from added));
  if exists (
    select 1 from added a
      join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id
     where c.block_epoch <> a.accepted_epoch
  ) then
    raise exception 'the gate was closed since this item was accepted' using errcode = 'GT001';
  end if;
  return null;
end $$;

create trigger dispatch_claim_guard after insert on dispatch_claim
  referencing new table as added for each statement execute function dispatch_claim_guard();
