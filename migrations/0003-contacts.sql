-- A contact is one person outside; identities are the names by which WhatsApp knows that person.

create table contact (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  -- The name our people gave; it wins over the one the person chose on WhatsApp.
  given_name text check (length(given_name) <= 200),
  profile_name text check (length(profile_name) <= 200),
  username text check (length(username) <= 100),
  -- Raised by each block; an outbound item accepted under an older epoch never leaves (gate.md).
  block_epoch integer not null default 0,
  merged_into uuid,
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, merged_into) references contact (workspace_id, id)
);
create index contact_by_age on contact (workspace_id, created_at desc, id desc) where merged_into is null;

create table contact_identity (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('phone', 'bsuid', 'parent-bsuid', 'lid')),
  -- The form two spellings of one identity share: ninth digit, 521 and 549 taken out.
  match_key text not null,
  -- As received or typed: what we answer and block with.
  value text not null,
  -- Left behind (number changed, moved to another person): still blocks, never matches for assignment.
  is_former boolean not null default false,
  first_seen_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create unique index contact_identity_current on contact_identity (workspace_id, match_key) where not is_former;
create unique index contact_identity_former on contact_identity (workspace_id, match_key, contact_id) where is_former;
create index contact_identity_contact on contact_identity (workspace_id, contact_id);

-- Two facts that cannot both be true of one person; opened for a person to decide, without content.
create table identity_conflict (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('recycled-number', 'same-number-other-account', 'former-identity')),
  contact_id uuid not null,
  other_contact_id uuid,
  match_key text not null,
  opened_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id)
);
create unique index identity_conflict_open on identity_conflict (workspace_id, contact_id, kind, match_key)
  where resolved_at is null;
