-- The journal of removals and blocks, which lies apart from the database (decision 0040). Here is what waits to be written
-- into it, and how far it had come.

-- The last line that this database knows of. No row: there was no journal yet.
create table journal_state (
  is_one boolean primary key default true check (is_one),
  seq bigint not null check (seq > 0),
  mac bytea not null check (length(mac) = 32),
  at timestamptz not null default clock_timestamp()
);

-- What was removed for good: our id, and the keyed hash of the channel's (none for what never had one).
create table journal_removal (
  workspace_id uuid not null references workspace (id),
  message_id uuid not null,
  item_hash bytea check (length(item_hash) = 32),
  request_id uuid not null,
  number integer not null check (number > 0),
  removed_at timestamptz(3) not null default clock_timestamp(),
  -- Null: not in the journal yet.
  written_at timestamptz,
  primary key (workspace_id, message_id)
);
create index journal_removal_due on journal_removal (removed_at, message_id) where written_at is null;
create index journal_removal_request on journal_removal (workspace_id, request_id) where written_at is null;

-- A contact whose blocks, or whose names while it is blocked, have changed: how it stands is written into the journal. A row
-- for each change, so that one made meanwhile is written too.
create table journal_contact_due (
  workspace_id uuid not null references workspace (id),
  id uuid not null default gen_random_uuid(),
  contact_id uuid not null,
  noted_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id)
);
create index journal_contact_due_age on journal_contact_due (noted_at);

-- Whom the journal told to block and nobody here knows under this name: a keyed hash of the identity. Whoever comes with it is
-- that contact.
create table awaited_identity (
  workspace_id uuid not null,
  identity_hash bytea not null check (length(identity_hash) = 32),
  contact_id uuid not null,
  primary key (workspace_id, identity_hash),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index awaited_identity_contact on awaited_identity (workspace_id, contact_id);

-- By triggers, so that no way to begin, change or end a block is forgotten, nor one by which a blocked contact comes to a name.
create function journal_note_blocks() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct workspace_id, contact_id from added;
  else
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct n.workspace_id, unnest(array[o.contact_id, n.contact_id])
      from removed o join added n on n.workspace_id = o.workspace_id and n.id = o.id
     where (o.contact_id, o.reason, o.expires_at, o.lifted_at, o.upstream)
           is distinct from (n.contact_id, n.reason, n.expires_at, n.lifted_at, n.upstream);
  end if;
  return null;
end $$;
create trigger journal_block_added after insert on block
  referencing new table as added for each statement execute function journal_note_blocks();
create trigger journal_block_changed after update on block
  referencing old table as removed new table as added for each statement execute function journal_note_blocks();

create function journal_note_identities() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct a.workspace_id, a.contact_id
      from added a join block b on b.workspace_id = a.workspace_id and b.contact_id = a.contact_id and b.lifted_at is null;
  else
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct b.workspace_id, b.contact_id
      from removed o
      join added n on n.workspace_id = o.workspace_id and n.id = o.id
      join block b on b.workspace_id = n.workspace_id and b.contact_id in (o.contact_id, n.contact_id) and b.lifted_at is null
     where (o.contact_id, o.match_key, o.is_former) is distinct from (n.contact_id, n.match_key, n.is_former);
  end if;
  return null;
end $$;
create trigger journal_identity_added after insert on contact_identity
  referencing new table as added for each statement execute function journal_note_identities();
create trigger journal_identity_changed after update on contact_identity
  referencing old table as removed new table as added for each statement execute function journal_note_identities();

-- What there is already. The hashes of what was removed before this are in purged_item, beside those of what went by its age.
insert into journal_removal (workspace_id, message_id, request_id, number, removed_at)
select m.workspace_id, m.id, q.id, q.number, m.removed_at
  from message m
  join removal_request q on q.workspace_id = m.workspace_id and q.number = m.removal_number
 where m.removed_at is not null;
insert into journal_contact_due (workspace_id, contact_id)
select distinct workspace_id, contact_id from block;

-- A block that the journal brought back, of which nothing else is known; and an item that it says was removed, whoever decided it.
alter table block drop constraint block_cause_check;
alter table block add constraint block_cause_check
  check (cause in ('manual', 'number-change', 'merge', 'split', 'import', 'exchange-list', 'journal'));
alter table removal_item drop constraint removal_item_decided_by_kind_check;
alter table removal_item add constraint removal_item_decided_by_kind_check
  check (decided_by_kind in ('member', 'api-key', 'system'));
alter table removal_item drop constraint removal_item_check1;
alter table removal_item add constraint removal_item_decided_check
  check ((decided_at is null) = (decided_by_kind is null) and (decided_by is null) = (decided_by_kind is null or decided_by_kind = 'system'));
