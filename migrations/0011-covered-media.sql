-- Pictures of strangers: covered until somebody asks for them, and who asked.

-- Decided when the message is stored: nobody of us had answered this person until then.
alter table message_media add column is_covered boolean not null default false;

-- Whom the server gives a covered file to; what was taken back is nobody's.
create table media_reveal (
  workspace_id uuid not null,
  message_id uuid not null,
  actor_kind text not null check (actor_kind in ('member', 'api-key')),
  actor_id uuid not null,
  revealed_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, message_id, actor_kind, actor_id),
  foreign key (workspace_id, message_id) references message_media (workspace_id, message_id) on delete cascade
);

-- Whether a person was ever answered is asked for each picture, also of one who writes a thousand and is never answered.
create index message_answer on message (workspace_id, contact_id, at) where direction = 'out';
