-- People who are taken apart by hand, and conflicts of identities that a person decides (decision 0031).

-- Of which contact it was before a merge made one of two: a split can give it back. Null: it was never anybody else's.
alter table contact_identity add column merged_from uuid;
alter table message add column merged_from uuid;

-- A block that a split gave to the contact it made.
alter table block drop constraint block_cause_check;
alter table block add constraint block_cause_check check (cause in ('manual', 'number-change', 'merge', 'split'));

alter table identity_conflict
  -- The identity that both sides claim, where it is not the one that the row is known by.
  add column shared_key text,
  add column outcome text check (outcome in ('apart', 'merged', 'blocked', 'released')),
  add column resolved_by_kind text check (resolved_by_kind in ('member', 'api-key', 'system')),
  add column resolved_by uuid,
  -- A page of a list ends in whole milliseconds.
  alter column opened_at type timestamptz(3);
create index identity_conflict_waiting on identity_conflict (workspace_id, opened_at desc, id desc)
  where resolved_at is null;
create index identity_conflict_decided on identity_conflict (workspace_id, opened_at desc, id desc)
  where resolved_at is not null;
-- What was decided to be two people is not asked again.
create index identity_conflict_apart on identity_conflict (workspace_id, contact_id, kind, match_key)
  where outcome = 'apart';
create index identity_conflict_other on identity_conflict (workspace_id, other_contact_id) where resolved_at is null;

-- By what contacts are sorted by name: as they are called, whoever has no name last. By code points, so that the order
-- is the same on every PostgreSQL.
alter table contact add column sort_name text collate "C" not null generated always as (
  coalesce('0' || fold_text(coalesce(nullif(given_name, ''), nullif(address_book_name, ''), nullif(profile_name, ''),
                                     nullif(username, ''))), '1')
) stored;
create index contact_by_name on contact (workspace_id, sort_name, id) where merged_into is null;
