-- Agents ask for a block, administrators decide.

-- No row: 24 hours.
create table block_request_setting (
  workspace_id uuid primary key references workspace (id),
  answer_within_hours integer not null check (answer_within_hours between 1 and 720)
);

create table block_request (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  state text not null default 'open' check (state in ('open', 'approved', 'refused')),
  opened_at timestamptz(3) not null default clock_timestamp(),
  -- When it is brought up next, while nobody has decided it.
  due_at timestamptz(3) not null,
  brought_up_count integer not null default 0,
  brought_up_at timestamptz(3),
  decided_at timestamptz(3),
  decided_by_kind text check (decided_by_kind in ('member', 'api-key', 'system')),
  decided_by uuid,
  -- The word back to those who asked.
  answer text check (length(answer) <= 2000),
  block_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  foreign key (workspace_id, block_id) references block (workspace_id, id),
  check ((state = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by_kind is null)),
  check ((state = 'approved') = (block_id is not null)),
  check (answer is null or state = 'refused')
);
create unique index block_request_open on block_request (workspace_id, contact_id) where state = 'open';
create index block_request_by_contact on block_request (workspace_id, contact_id, opened_at);
create index block_request_by_opening on block_request (workspace_id, opened_at desc, id desc);

create table block_request_asker (
  workspace_id uuid not null,
  request_id uuid not null,
  asker_kind text not null check (asker_kind in ('member', 'api-key')),
  asker_id uuid not null,
  reason text not null check (reason in
    ('offense', 'sexual-harassment', 'improper-content', 'discrimination', 'fraud', 'spam', 'other')),
  note text check (length(note) <= 2000),
  asked_at timestamptz(3) not null default clock_timestamp(),
  -- Since when the asker has read what was decided.
  acknowledged_at timestamptz(3),
  primary key (workspace_id, request_id, asker_kind, asker_id),
  foreign key (workspace_id, request_id) references block_request (workspace_id, id) on delete cascade
);
create index block_request_asked on block_request_asker (workspace_id, asker_id, asked_at);

-- What the asker had read last: references and no copies, so that a purge of the message takes this along.
create table block_request_message (
  workspace_id uuid not null,
  request_id uuid not null,
  message_id uuid not null,
  primary key (workspace_id, request_id, message_id),
  foreign key (workspace_id, request_id) references block_request (workspace_id, id) on delete cascade,
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade
);
create index block_request_message_of on block_request_message (workspace_id, message_id);
