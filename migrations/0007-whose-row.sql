-- Until here the second wall (0004, 0005) believed the contact_id that a row names. Now a row is its conversation's contact's.

alter table conversation add constraint conversation_owner unique (workspace_id, id, contact_id);
alter table message drop constraint message_workspace_id_conversation_id_fkey;
-- A merge moves a conversation and what is in it by several statements, and defers this by name.
alter table message add constraint message_of_conversation
  foreign key (workspace_id, conversation_id, contact_id) references conversation (workspace_id, id, contact_id)
  deferrable initially immediate;

create function conversation_move_guard() returns trigger language plpgsql as $$
begin
  -- A merge moves what is older than every open block of either side, as in message_update_guard.
  if current_setting('guarita.gate_exception', true) is distinct from 'merge' or exists (
    select 1 from block b
     where b.workspace_id = old.workspace_id and b.contact_id in (old.contact_id, new.contact_id)
       and b.lifted_at is null and b.started_at < old.created_at
  ) then
    perform gate_assert_open(
      array[old.workspace_id, new.workspace_id], array[old.contact_id, new.contact_id]);
  end if;
  return null;
end $$;

-- For each row, but for statements that name the column only: what moves conversations along never pays.
create trigger conversation_move_guard after update of contact_id on conversation
  for each row when (old.contact_id is distinct from new.contact_id)
  execute function conversation_move_guard();

create or replace function message_reaction_guard() returns trigger language plpgsql as $$
declare
  workspaces uuid[];
  contacts uuid[];
begin
  if current_setting('guarita.gate_exception', true) is not distinct from 'merge' then
    return null;
  end if;
  if tg_op = 'DELETE' then
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select r.workspace_id, unnest(array[r.contact_id, m.contact_id]) as contact_id
              from removed r join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
             where r.direction = 'in') d;
  elsif tg_op = 'UPDATE' then
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select r.workspace_id, unnest(array[r.contact_id, m.contact_id]) as contact_id
              from (select * from removed union all select * from added) r
              join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
             where r.direction = 'in') d;
  else
    select array_agg(workspace_id), array_agg(contact_id) into workspaces, contacts
      from (select r.workspace_id, unnest(array[r.contact_id, m.contact_id]) as contact_id
              from added r join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
             where r.direction = 'in') d;
  end if;
  if workspaces is not null then
    perform gate_assert_open(workspaces, contacts);
  end if;
  -- After the lock: a merge that it waited for has moved the message.
  if tg_op <> 'DELETE' then
    if exists (select 1 from added a join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
                where m.contact_id <> a.contact_id) then
      raise exception 'a reaction names another contact than its message' using errcode = 'GT001';
    end if;
  end if;
  return null;
end $$;

create or replace function dispatch_claim_guard() returns trigger language plpgsql as $$
begin
  perform gate_assert_open(
    (select array_agg(workspace_id) from added), (select array_agg(contact_id) from added));
  if exists (
    select 1 from added a
      join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id
     where c.block_epoch <> a.accepted_epoch
  ) then
    raise exception 'the gate was closed since this item was accepted' using errcode = 'GT001';
  end if;
  if exists (
    select 1 from added a
      join message m on m.workspace_id = a.workspace_id and m.id = a.message_id
     where m.contact_id <> a.contact_id
  ) then
    raise exception 'a claim names another contact than its message' using errcode = 'GT001';
  end if;
  return null;
end $$;

-- Replies that came before what they answer: a few at any time.
create index message_unlinked_reply on message (workspace_id, channel_id, reply_to_external_id)
  where reply_to_external_id is not null and reply_to_id is null;

-- What a forward was answered, target by target; message_id is then what was forwarded.
alter table idempotency_key add column answer jsonb;
