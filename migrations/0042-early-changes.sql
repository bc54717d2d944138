-- A change of number of somebody whom nobody knows is kept as keyed hashes, for 8 days: the change before it, that of somebody we
-- know, may come later. Then it leads on from there, and a block with it.
create table early_change (
  workspace_id uuid not null references workspace (id),
  from_hash bytea not null check (length(from_hash) = 32),
  -- The same as from_hash for a name that was kept.
  to_hash bytea not null check (length(to_hash) = 32),
  -- What the later name is of.
  kind text not null check (kind in ('phone', 'bsuid', 'parent-bsuid', 'lid')),
  -- By WhatsApp's clock.
  changed_at timestamptz not null,
  noted_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, from_hash, to_hash)
);
create index early_change_age on early_change (noted_at);
