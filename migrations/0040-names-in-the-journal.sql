-- Names that were removed are in the journal too, and why something was removed (decision 0048); and a name can be asked to go of
-- somebody with whom there is no conversation.

-- Why, as one of the reasons of requests; null for what was removed before this.
alter table journal_removal add column reason text;

-- By which request a name went. Since when it is not kept says the contact itself.
create table journal_name (
  workspace_id uuid not null references workspace (id),
  contact_id uuid not null,
  request_id uuid not null,
  number integer not null check (number > 0),
  reason text not null,
  primary key (workspace_id, contact_id)
);

-- Fingerprints of what a request removed: they are written, sealed, with the line of its messages.
create table journal_print (
  workspace_id uuid not null references workspace (id),
  request_id uuid not null,
  kind text not null check (kind in ('exact', 'perceptual')),
  hash bytea not null check (length(hash) = 32),
  primary key (workspace_id, request_id, kind, hash)
);
-- What was removed after the backup comes back as a fingerprint, and its request does not.
alter table removed_print drop constraint removed_print_workspace_id_request_id_fkey;

-- By triggers, as for blocks: whatever takes a name away, or moves it with a merge.
create function journal_note_name() returns trigger language plpgsql as $$
begin
  insert into journal_contact_due (workspace_id, contact_id) values (new.workspace_id, new.id);
  return null;
end $$;
create trigger journal_name_brought after insert on contact
  for each row when (new.name_removed_at is not null) execute function journal_note_name();
create trigger journal_name_removed after update on contact
  for each row when (new.name_removed_at is distinct from old.name_removed_at) execute function journal_note_name();

-- As 0031, and for whoever has no name: what they are known by is how they are found again.
create or replace function journal_note_identities() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct a.workspace_id, a.contact_id from added a
     where exists (select 1 from block b where b.workspace_id = a.workspace_id and b.contact_id = a.contact_id and b.lifted_at is null)
        or exists (select 1 from contact c where c.workspace_id = a.workspace_id and c.id = a.contact_id and c.name_removed_at is not null);
  else
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct t.workspace_id, t.contact_id
      from (select n.workspace_id, unnest(array[o.contact_id, n.contact_id]) as contact_id
              from removed o join added n on n.workspace_id = o.workspace_id and n.id = o.id
             where (o.contact_id, o.match_key, o.is_former) is distinct from (n.contact_id, n.match_key, n.is_former)) t
     where exists (select 1 from block b where b.workspace_id = t.workspace_id and b.contact_id = t.contact_id and b.lifted_at is null)
        or exists (select 1 from contact c where c.workspace_id = t.workspace_id and c.id = t.contact_id and c.name_removed_at is not null);
  end if;
  return null;
end $$;

-- What somebody who was erased while blocked comes to later is a hash alone, and due as an identity is. The erasure itself notes
-- its contacts, whose hashes are written before they are erased.
create function journal_note_hashes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct a.workspace_id, a.contact_id
      from added a join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id and c.erased_at is not null;
  else
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct n.workspace_id, n.contact_id
      from removed o
      join added n on n.workspace_id = o.workspace_id and n.identity_hash = o.identity_hash and n.contact_id = o.contact_id
      join contact c on c.workspace_id = n.workspace_id and c.id = n.contact_id and c.erased_at is not null
     where n.is_former is distinct from o.is_former;
  end if;
  return null;
end $$;
create trigger journal_hash_added after insert on awaited_identity
  referencing new table as added for each statement execute function journal_note_hashes();
create trigger journal_hash_changed after update on awaited_identity
  referencing old table as removed new table as added for each statement execute function journal_note_hashes();

-- What there is already. Lines that are written stay as they are; a new journal has all of it.
update journal_removal j
   set reason = (select s.reason from removal_asker s where s.workspace_id = j.workspace_id and s.request_id = j.request_id
                  order by (s.reason = 'personal-data') desc, s.asked_at, s.asker_id limit 1);
insert into journal_print (workspace_id, request_id, kind, hash)
select workspace_id, request_id, kind, hash from removed_print where retired_at is null;
insert into journal_name (workspace_id, contact_id, request_id, number, reason)
select distinct on (c.workspace_id, c.id) c.workspace_id, c.id, q.id, q.number, coalesce(
         (select s.reason from removal_asker s where s.workspace_id = q.workspace_id and s.request_id = q.id
           order by (s.reason = 'personal-data') desc, s.asked_at, s.asker_id limit 1), 'other')
  from contact c
  join contact f on f.workspace_id = c.workspace_id and coalesce(f.merged_into, f.id) = coalesce(c.merged_into, c.id)
  join removal_name n on n.workspace_id = f.workspace_id and n.contact_id = f.id and n.state = 'removed'
  join removal_request q on q.workspace_id = n.workspace_id and q.id = n.request_id
 where c.name_removed_at is not null
 order by c.workspace_id, c.id, n.decided_at desc;
insert into journal_contact_due (workspace_id, contact_id)
select workspace_id, id from contact where name_removed_at is not null;

-- A name that the journal says was removed, whoever decided it.
alter table removal_name drop constraint removal_name_decided_by_kind_check;
alter table removal_name add constraint removal_name_decided_by_kind_check
  check (decided_by_kind in ('member', 'api-key', 'system'));
alter table removal_name drop constraint removal_name_check1;
alter table removal_name add constraint removal_name_decided_check
  check ((decided_at is null) = (decided_by_kind is null) and (decided_by is null) = (decided_by_kind is null or decided_by_kind = 'system'));

-- Somebody of the address book, or of a file, who has never written: a name, and no conversation.
alter table removal_request alter column conversation_id drop not null;
alter table removal_request alter column channel_id drop not null;
alter table removal_request add constraint removal_request_place
  check ((conversation_id is null) = (channel_id is null));
