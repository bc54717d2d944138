-- Blocks by the file: what an import is going to do, and what it did (decision 0034 has the lists between units).

alter table block drop constraint block_cause_check;
alter table block add constraint block_cause_check
  check (cause in ('manual', 'number-change', 'merge', 'split', 'import', 'exchange-list'));

create table block_import (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  file_name text check (length(file_name) <= 200),
  state text not null default 'reading' check (state in
    ('reading', 'ready', 'applying', 'done', 'cancelled', 'failed')),
  -- Which of the columns that may be absent are in the file: what is absent changes nothing.
  has_note boolean not null,
  has_until boolean not null,
  row_count integer not null default 0,
  -- How many rows of each outcome, as planned and as done.
  planned jsonb not null default '{}',
  done jsonb not null default '{}',
  -- The last line whose batch has committed.
  applied_line integer not null default 0,
  -- Messages whose request to WhatsApp was under way when their contact was blocked, and whose end is not known.
  still_on_wire integer not null default 0,
  created_at timestamptz(3) not null default clock_timestamp(),
  created_by_kind text not null check (created_by_kind in ('member', 'api-key', 'system')),
  created_by uuid,
  started_at timestamptz(3),
  started_by_kind text check (started_by_kind in ('member', 'api-key', 'system')),
  started_by uuid,
  ended_at timestamptz(3),
  primary key (workspace_id, id)
);
create index block_import_newest on block_import (workspace_id, created_at desc, id desc);

-- What the file said is deleted when the row is done, or after a day; the line, its outcome and its cause stay longer.
create table block_import_row (
  workspace_id uuid not null,
  import_id uuid not null,
  line integer not null,
  -- What will be done, by what was known when the file was read.
  plan text not null check (plan in
    ('new-contact', 'known-contact', 'edit', 'unchanged', 'duplicate', 'error')),
  -- What was done.
  result text check (result in ('blocked', 'edited', 'unchanged', 'duplicate', 'error', 'not-done')),
  cause text check (length(cause) <= 60),
  -- Of a duplicate: the line that counts.
  of_line integer,
  contact_id uuid,
  -- What follows is of the file.
  kind text check (kind in ('phone', 'bsuid')),
  match_key text,
  value text,
  name text check (length(name) <= 200),
  reason text check (reason in
    ('offense', 'sexual-harassment', 'improper-content', 'discrimination', 'fraud', 'spam', 'other')),
  note text check (length(note) <= 2000),
  expires_at timestamptz(3),
  primary key (workspace_id, import_id, line),
  foreign key (workspace_id, import_id) references block_import (workspace_id, id) on delete cascade
);
create index block_import_row_plan on block_import_row (workspace_id, import_id, plan, line);
create index block_import_row_result on block_import_row (workspace_id, import_id, result, line);

-- Lists that two units exchange: numbers stretched under a key that both have (decision 0034).

-- Sealed for its row, like the secrets of channels (decision 0025); deleted with the last list under it.
create table exchange_key (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  -- Tells that a key is the same one; only this installation can make it.
  fingerprint bytea not null,
  sealed text not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  unique (workspace_id, fingerprint)
);

create table exchange_list (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  -- `locked` until its key is given; `matching` while known contacts are compared; looked up in both of the others.
  state text not null default 'locked' check (state in ('locked', 'matching', 'active')),
  key_id uuid,
  -- Proof that a key is this list's.
  key_check bytea not null,
  entry_count integer not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  created_by_kind text not null check (created_by_kind in ('member', 'api-key', 'system')),
  created_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, key_id) references exchange_key (workspace_id, id),
  check ((state = 'locked') = (key_id is null))
);

create table exchange_entry (
  workspace_id uuid not null,
  list_id uuid not null,
  stretched bytea not null,
  reason text not null check (reason in
    ('offense', 'sexual-harassment', 'improper-content', 'discrimination', 'fraud', 'spam', 'other')),
  -- Its person was found and blocked: from then on that block rules, and an unblock is the last word.
  hit_at timestamptz(3),
  primary key (workspace_id, list_id, stretched),
  foreign key (workspace_id, list_id) references exchange_list (workspace_id, id) on delete cascade
);
create index exchange_entry_open on exchange_entry (workspace_id, stretched) where hit_at is null;

-- What a number stretches to: dear to compute, so never computed twice. Found by a keyed hash, names nobody.
create table exchange_lookup (
  workspace_id uuid not null,
  key_id uuid not null,
  identity_hash bytea not null,
  stretched bytea not null,
  primary key (workspace_id, key_id, identity_hash),
  foreign key (workspace_id, key_id) references exchange_key (workspace_id, id) on delete cascade
);

create table exchange_export (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  state text not null default 'working' check (state in ('working', 'ready')),
  -- Sealed while it is worked on.
  sealed_key text,
  key_check bytea not null,
  entry_count integer not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  created_by_kind text not null check (created_by_kind in ('member', 'api-key', 'system')),
  created_by uuid,
  primary key (workspace_id, id),
  check ((state = 'working') = (sealed_key is not null))
);

create table exchange_export_entry (
  workspace_id uuid not null,
  export_id uuid not null,
  match_key text not null,
  reason text not null,
  stretched bytea,
  primary key (workspace_id, export_id, match_key),
  foreign key (workspace_id, export_id) references exchange_export (workspace_id, id) on delete cascade
);
create index exchange_export_waiting on exchange_export_entry (workspace_id, export_id, match_key) where stretched is null;
