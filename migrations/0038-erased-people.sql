-- A person whose data was erased: the contact is nobody's any more, and what it was known by is left as keyed hashes.

alter table contact
  -- Since when nothing is known of this person. What hangs on the id alone stays: counts, blocks, the audit log.
  add column erased_at timestamptz(3),
  add constraint contact_erased_is_nobody check (
    erased_at is null
    or (given_name is null and address_book_name is null and profile_name is null and username is null));
create index contact_erased on contact (workspace_id, id) where erased_at is not null;

-- Of somebody who was erased while blocked this is how the block goes on holding. Two may have had the same identity, one after
-- the other, so a hash may stand for several.
alter table awaited_identity
  drop constraint awaited_identity_pkey,
  add primary key (workspace_id, identity_hash, contact_id),
  -- What it was of. Null where nobody told: those that the journal brought back.
  add column kind text check (kind in ('phone', 'bsuid', 'parent-bsuid', 'lid')),
  -- Left behind before the erasure, by whoever was erased.
  add column is_former boolean not null default false;

-- Who was erased, when and by whom, and how much went.
create table erasure (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  erased_at timestamptz(3) not null default clock_timestamp(),
  erased_by_kind text not null check (erased_by_kind in ('member', 'api-key', 'system')),
  erased_by uuid,
  was_blocked boolean not null,
  messages integer not null,
  copies integer not null,
  files integer not null,
  requests integer not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index erasure_contact on erasure (workspace_id, contact_id);

-- The checks of an erasure stand beside those of requests: the tables that held it are written anew by the same pass.
alter table removal_check drop constraint removal_check_workspace_id_request_id_fkey;
