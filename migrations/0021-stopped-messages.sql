-- What a block stopped while it waited to be sent, and what a person decided of it since (G4). A row stays until its message
-- goes: a decision is made once. What was refused as it was written is not here, whoever wrote it was told then.
create table stopped_message (
  workspace_id uuid not null,
  message_id uuid not null,
  stopped_at timestamptz(3) not null default clock_timestamp(),
  outcome text check (outcome in ('sent', 'discarded')),
  -- The new message that it was sent as.
  sent_as uuid,
  settled_at timestamptz(3),
  primary key (workspace_id, message_id),
  foreign key (workspace_id, message_id) references message (workspace_id, id) on delete cascade,
  check ((outcome is null) = (settled_at is null)),
  check (sent_as is null or outcome = 'sent')
);
create index stopped_message_open on stopped_message (workspace_id, message_id) where outcome is null;
