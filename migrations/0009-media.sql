-- Files in and out: what is stored (by workspace and hash), which message it belongs to, and what waits to be sent.

create table stored_file (
  workspace_id uuid not null references workspace (id),
  sha256 bytea not null check (length(sha256) = 32),
  size_bytes bigint not null check (size_bytes >= 0),
  created_at timestamptz not null default clock_timestamp(),
  -- Its bytes are being deleted: nobody may name it any more.
  deleting_at timestamptz,
  primary key (workspace_id, sha256)
);
create index stored_file_deleting on stored_file (deleting_at) where deleting_at is not null;

-- Somebody is about to name this file: its bytes are being written, and are not deleted meanwhile.
create table stored_file_hold (
  workspace_id uuid not null,
  sha256 bytea not null,
  id uuid not null,
  until timestamptz not null,
  primary key (workspace_id, sha256, id),
  foreign key (workspace_id, sha256) references stored_file (workspace_id, sha256) on delete cascade
);
create index stored_file_hold_until on stored_file_hold (until);

-- The file of a message. The contact is the message's: a merge moves it there.
create table message_media (
  workspace_id uuid not null,
  message_id uuid not null,
  state text not null check (state in
    ('waiting', 'fetching', 'ready', 'failed', 'withheld', 'expired', 'too-large', 'refused-type')),
  reason text check (length(reason) <= 100),
  -- Asked for by the message's coming or by a person: a block since then withholds it. In the block's own precision.
  requested_at timestamptz(3) not null default clock_timestamp(),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  expires_at timestamptz,
  provider_media_id text check (length(provider_media_id) <= 200),
  provider_mime text check (length(provider_mime) <= 200),
  provider_sha256 bytea check (length(provider_sha256) = 32),
  -- Content, and never part of a path.
  file_name text check (length(file_name) <= 255),
  sha256 bytea,
  mime_type text,
  size_bytes bigint,
  width integer,
  height integer,
  duration_seconds double precision,
  is_animated boolean not null default false,
  thumbnail_sha256 bytea,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, message_id) references message (workspace_id, id),
  foreign key (workspace_id, sha256) references stored_file (workspace_id, sha256),
  foreign key (workspace_id, thumbnail_sha256) references stored_file (workspace_id, sha256),
  check (state <> 'ready' or (sha256 is not null and mime_type is not null and size_bytes is not null)),
  check (state = 'ready' or (sha256 is null and thumbnail_sha256 is null))
);
create index message_media_file on message_media (workspace_id, sha256) where sha256 is not null;
create index message_media_thumbnail on message_media (workspace_id, thumbnail_sha256)
  where thumbnail_sha256 is not null;
create index message_media_pending on message_media (coalesce(next_attempt_at, requested_at))
  where state in ('waiting', 'fetching');

-- A file that a person of the team, or a key, put here to send.
create table upload (
  workspace_id uuid not null,
  id uuid not null,
  actor_kind text not null check (actor_kind in ('member', 'api-key')),
  actor_id uuid not null,
  kind text not null check (kind in ('image', 'video', 'audio', 'voice', 'document', 'sticker')),
  file_name text check (length(file_name) <= 255),
  sha256 bytea not null,
  mime_type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  duration_seconds double precision,
  is_animated boolean not null default false,
  thumbnail_sha256 bytea,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  foreign key (workspace_id, sha256) references stored_file (workspace_id, sha256),
  foreign key (workspace_id, thumbnail_sha256) references stored_file (workspace_id, sha256)
);
create index upload_file on upload (workspace_id, sha256);
create index upload_thumbnail on upload (workspace_id, thumbnail_sha256) where thumbnail_sha256 is not null;
create index upload_age on upload (created_at);

-- What the channel calls a file of ours that it has; good for a while.
create table channel_file (
  workspace_id uuid not null,
  channel_id uuid not null,
  sha256 bytea not null,
  mime_type text not null,
  provider_media_id text not null check (length(provider_media_id) <= 200),
  expires_at timestamptz not null,
  primary key (workspace_id, channel_id, sha256, mime_type),
  foreign key (workspace_id, channel_id) references channel (workspace_id, id),
  foreign key (workspace_id, sha256) references stored_file (workspace_id, sha256) on delete cascade
);
create index channel_file_file on channel_file (workspace_id, sha256);

-- The second wall (G10): no bytes of a person come to a message of theirs while they are blocked.
create function message_media_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  select array_agg(d.workspace_id), array_agg(d.contact_id) into workspaces, contacts
    from (select distinct m.workspace_id, m.contact_id
            from added a
            join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
           where a.sha256 is not null and m.direction = 'in') d;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  return null;
end $$;

create trigger message_media_insert_guard after insert on message_media
  referencing new table as added for each statement execute function message_media_guard();
create trigger message_media_update_guard after update on message_media
  referencing new table as added for each statement execute function message_media_guard();
