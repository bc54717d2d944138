-- What was removed is recognised when it comes again. Only fingerprints are kept, never a byte of it.

-- What a picture looks like, in 256 bits (decision 0038), from when it was first looked at; it goes with the row of its bytes.
-- Null for what is no picture, has too little detail, or was stored before.
alter table stored_file add column print bytea check (length(print) = 32);
alter table stored_file alter column print set statistics 0;

create table removed_print (
  workspace_id uuid not null,
  id uuid not null,
  -- By which it was removed.
  request_id uuid not null,
  -- exact: SHA-256 of the bytes · perceptual: what a picture looks like
  kind text not null check (kind in ('exact', 'perceptual')),
  hash bytea not null check (length(hash) = 32),
  reason text not null check (reason in ('sexual', 'offense', 'discrimination', 'personal-data', 'fraud', 'other')),
  made_at timestamptz(3) not null default clock_timestamp(),
  -- Somebody said that it is not the same: it matches nothing any more.
  retired_at timestamptz(3),
  retired_by_kind text check (retired_by_kind in ('member', 'api-key')),
  retired_by uuid,
  -- Its slowest waves, by which like prints are found.
  key1 integer generated always as (case kind when 'perceptual' then get_byte(hash, 0) * 256 + get_byte(hash, 1) end) stored,
  key2 integer generated always as (case kind when 'perceptual' then get_byte(hash, 2) * 256 + get_byte(hash, 3) end) stored,
  key3 integer generated always as (case kind when 'perceptual' then get_byte(hash, 4) * 256 + get_byte(hash, 5) end) stored,
  key4 integer generated always as (case kind when 'perceptual' then get_byte(hash, 6) * 256 + get_byte(hash, 7) end) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id),
  -- The looks of people's data and papers are not kept.
  check (kind = 'exact' or reason in ('sexual', 'offense', 'discrimination')),
  check ((retired_at is null) = (retired_by is null) and (retired_at is null) = (retired_by_kind is null))
);
-- The exact look-up, and one print for each hash.
create unique index removed_print_hash on removed_print (workspace_id, kind, hash) where retired_at is null;
create index removed_print_key1 on removed_print (workspace_id, key1) where retired_at is null and kind = 'perceptual';
create index removed_print_key2 on removed_print (workspace_id, key2) where retired_at is null and kind = 'perceptual';
create index removed_print_key3 on removed_print (workspace_id, key3) where retired_at is null and kind = 'perceptual';
create index removed_print_key4 on removed_print (workspace_id, key4) where retired_at is null and kind = 'perceptual';
create index removed_print_request on removed_print (workspace_id, request_id);

-- A message whose file is like a removed one. While it names no request, nobody is given the file.
create table repeat_match (
  workspace_id uuid not null,
  message_id uuid not null,
  print_id uuid not null,
  matched_at timestamptz(3) not null default clock_timestamp(),
  -- The suggestion under which it is covered. Null: still to be made, by a job of the same transaction.
  request_id uuid,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade,
  foreign key (workspace_id, print_id) references removed_print (workspace_id, id),
  foreign key (workspace_id, request_id) references removal_request (workspace_id, id)
);
create index repeat_match_print on repeat_match (workspace_id, print_id);
create index repeat_match_waiting on repeat_match (workspace_id, message_id) where request_id is null;
create index repeat_match_request on repeat_match (workspace_id, request_id) where request_id is not null;
