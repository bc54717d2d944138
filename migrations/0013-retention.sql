-- What is kept how long, and what a purge leaves behind.

-- No row, or no days: everything is kept.
create table retention (
  workspace_id uuid primary key references workspace (id),
  days integer check (days between 30 and 3650),
  changed_at timestamptz not null default clock_timestamp()
);

-- A keyed hash of the id of a purged item, and nothing else: whatever brings it again (a webhook, a history import) is not stored.
create table purged_item (
  workspace_id uuid not null references workspace (id),
  item_hash bytea not null check (length(item_hash) = 32),
  purged_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, item_hash)
);
create index purged_item_age on purged_item (purged_at);

-- A reaction goes with its message. The second wall (0007) finds no message to such a reaction any more and lets it go, of a
-- blocked contact too: nothing enters by that, and no row that stays is changed. Taking away a reaction alone is guarded as before.
alter table message_reaction drop constraint message_reaction_workspace_id_message_id_fkey;
alter table message_reaction add constraint message_reaction_of_message
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade;
