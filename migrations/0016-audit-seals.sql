-- The audit log is sealed: each event is linked to the one before it of its workspace by a keyed hash, in the order in which
-- the sealing saw them committed. Events are appended freely; one process at a time seals them (decision 0029).

-- Committed and not sealed yet. Filled by the database, so that no writer can forget it.
create table audit_unsealed (
  workspace_id uuid not null,
  event_id uuid not null,
  primary key (workspace_id, event_id),
  foreign key (workspace_id, event_id) references audit_event (workspace_id, id)
);

create table audit_seal (
  workspace_id uuid not null,
  seq bigint not null check (seq > 0),
  event_id uuid not null,
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, seq),
  unique (workspace_id, event_id),
  foreign key (workspace_id, event_id) references audit_event (workspace_id, id)
);

create function audit_seal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_seal is append-only' using errcode = 'GT002';
end $$;

create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function audit_seal_is_append_only();

create function audit_event_waits_for_its_seal() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed (workspace_id, event_id) select workspace_id, id from written;
  return null;
end $$;

create trigger audit_event_unsealed after insert on audit_event
  referencing new table as written
  for each statement execute function audit_event_waits_for_its_seal();

insert into audit_unsealed (workspace_id, event_id) select workspace_id, id from audit_event;

-- The page of the log: newest first, by who and by what. As exact as its cursors.
alter table audit_event alter column at type timestamptz(3);
create index audit_event_at on audit_event (workspace_id, at desc, id desc);
create index audit_event_actor on audit_event (workspace_id, actor_id, at desc, id desc);
