-- What came before its message, and reactions that were taken back.

-- WhatsApp keeps no order: an edit, a reaction or a revoke may come before the message that it is about. It waits here by a keyed
-- hash of that message's id, for 8 days, and is deleted once the message is there. One row for each side and kind: the newest.
create table early_action (
  workspace_id uuid not null references workspace (id),
  target_hash bytea not null check (length(target_hash) = 32),
  contact_id uuid not null,
  -- in: the contact's; out: ours, from the phone app.
  direction text not null check (direction in ('in', 'out')),
  kind text not null check (kind in ('reaction', 'edit', 'revoke')),
  -- The new text, or the emoji; null where none is told, or it was taken back.
  content text,
  is_history boolean not null,
  -- WhatsApp's clock.
  at timestamptz(3) not null,
  kept_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, target_hash, contact_id, direction, kind),
  foreign key (workspace_id, contact_id) references contact (workspace_id, id),
  check (kind <> 'revoke' or content is null)
);
create index early_action_age on early_action (kept_at);
create index early_action_of_contact on early_action (workspace_id, contact_id);

-- The second wall (G10): nothing of a blocked contact waits here.
create function early_action_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  if current_setting('guarita.gate_exception', true) is not distinct from 'merge' then
    return null;
  end if;
  select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
    from (select distinct workspace_id, contact_id from added where direction = 'in') d;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  return null;
end $$;

create trigger early_action_insert_guard after insert on early_action
  referencing new table as added for each statement execute function early_action_guard();
create trigger early_action_update_guard after update on early_action
  referencing new table as added for each statement execute function early_action_guard();

-- Null: taken back. The row stays, so that an older reaction that comes late, or once more, finds something to lose against.
alter table message_reaction alter column emoji drop not null;
