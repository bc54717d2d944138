-- One installation, many workspaces. workspace_id leads every key of the tables that belong to one.

create table installation (
  only_row boolean primary key default true check (only_row),
  -- A keyed hash of a fixed text: a process started with another GUARITA_SECRET is refused.
  secret_check bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

create table workspace (
  id uuid primary key,
  name text not null check (length(name) between 1 and 120),
  time_zone text not null default 'America/Sao_Paulo',
  locale text not null default 'pt-BR',
  created_at timestamptz not null default clock_timestamp()
);

create table member (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  -- "user" is the sign-in identity (0002); a member is that person's place in one workspace.
  user_id text not null,
  name text not null check (length(name) between 1 and 120),
  role text not null check (role in ('agent', 'moderator', 'administrator')),
  locale text,
  created_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  primary key (workspace_id, id)
);
create unique index member_user on member (workspace_id, user_id) where removed_at is null;
create index member_by_user on member (user_id) where removed_at is null;

create table api_key (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  role text not null check (role in ('agent', 'moderator', 'administrator')),
  -- What the screen shows to tell keys apart; the key itself is kept only as a hash.
  prefix text not null,
  secret_hash bytea not null,
  created_by uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, created_by) references member (workspace_id, id)
);
create unique index api_key_hash on api_key (secret_hash);

-- Append-only (G7): who, what, whom, when, why; never the content.
create table audit_event (
  workspace_id uuid not null references workspace (id),
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('member', 'api-key', 'system')),
  actor_id uuid,
  action text not null,
  subject_kind text,
  subject_id uuid,
  masked_number text,
  details jsonb not null default '{}',
  primary key (workspace_id, id)
);
create index audit_event_subject on audit_event (workspace_id, subject_kind, subject_id, id);

create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_event is append-only' using errcode = 'GT002';
end $$;

create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_event_is_append_only();
