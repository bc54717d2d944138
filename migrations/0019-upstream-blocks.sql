-- The second layer (G8): WhatsApp's own block list, one for each number of ours. Our own block never asks these tables.

-- Whether blocks are asked of WhatsApp as well on this number.
alter table channel add column upstream_blocks boolean not null default true;
-- Whether whoever blocked wanted that.
alter table block add column upstream boolean not null default true;

-- One person, under one identity, on the list of one number: what was last heard of it and whether a try is due.
-- What is wanted is never stored here: it follows from the blocks, at the moment of the try.
create table upstream_block (
  workspace_id uuid not null,
  channel_id uuid not null,
  contact_id uuid not null,
  match_key text not null,
  kind text not null check (kind in ('phone', 'bsuid')),
  -- As last asked for: what a removal has to name.
  value text not null,
  state text not null default 'pending' check (state in
    ('pending', 'applied', 'waiting-for-message', 'failed', 'list-full', 'not-supported')),
  code text check (length(code) <= 60),
  tried_at timestamptz(3),
  -- It may be on the list because of us: true from a try whose end is not known on.
  is_listed boolean not null default false,
  is_due boolean not null default true,
  -- Raised by whatever makes it due: a try that began before settles nothing.
  version integer not null default 1,
  -- Tries in a row without an end.
  tries integer not null default 0,
  id uuid not null default gen_random_uuid(),
  added_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, channel_id, contact_id, match_key),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create index upstream_block_due on upstream_block (workspace_id, channel_id) where is_due;
create index upstream_block_contact on upstream_block (workspace_id, contact_id);
create index upstream_block_open on upstream_block (workspace_id, channel_id, added_at desc, id desc)
  where state <> 'applied';

-- How it stands between us and the list of one number.
create table upstream_list (
  workspace_id uuid not null,
  channel_id uuid not null,
  -- WhatsApp asked to be left alone until then; so many times in a row.
  rest_until timestamptz,
  rests integer not null default 0,
  -- The reading under way; what it has found so far is in upstream_listed.
  read_id uuid,
  read_from timestamptz,
  read_cursor text,
  restarts integer not null default 0,
  -- The last whole reading, and the last one that came to nothing.
  checked_at timestamptz(3),
  listed integer,
  failed_at timestamptz(3),
  failure text check (length(failure) <= 60),
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id)
);

-- What a reading has found so far.
create table upstream_listed (
  workspace_id uuid not null,
  read_id uuid not null,
  phone text,
  phone_key text,
  bsuid text,
  bsuid_key text
);
create index upstream_listed_read on upstream_listed (workspace_id, read_id);

-- On WhatsApp's list and not blocked here: for a person to take over or to remove.
create table upstream_stranger (
  workspace_id uuid not null,
  channel_id uuid not null,
  id uuid not null default gen_random_uuid(),
  -- Who it is here, where anybody is.
  contact_id uuid,
  phone text,
  bsuid text,
  found_at timestamptz(3) not null default clock_timestamp(),
  -- Somebody asked for its removal.
  is_removing boolean not null default false,
  is_due boolean not null default false,
  code text check (length(code) <= 60),
  tried_at timestamptz(3),
  tries integer not null default 0,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  check (phone is not null or bsuid is not null)
);
create unique index upstream_stranger_once on upstream_stranger
  (workspace_id, channel_id, coalesce(phone, ''), coalesce(bsuid, ''));
create index upstream_stranger_newest on upstream_stranger (workspace_id, channel_id, found_at desc, id desc);
create index upstream_stranger_due on upstream_stranger (workspace_id, channel_id) where is_due;

-- Somebody we block has written: the block was not in force at WhatsApp. When it was last tried again because of that,
-- and nothing of what came.
create table upstream_heal (
  workspace_id uuid not null,
  channel_id uuid not null,
  contact_id uuid not null,
  asked_at timestamptz not null,
  primary key (workspace_id, channel_id, contact_id)
);
create index upstream_heal_age on upstream_heal (asked_at);
