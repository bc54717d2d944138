-- A search by number among very many blocks looks at the top of the list until a page is full. The numbers of whoever is blocked stand in
-- the row and in the index of the newest, so that nothing has to be fetched for the thousands that are passed over.

-- First, as everybody locks it who locks both: old processes go on meanwhile.
lock table contact_identity in share row exclusive mode;

-- All numbers of the contact, held or left behind, as they are compared, between blanks; none: null. A star: more than an entry of an
-- index holds, to be asked one by one. Kept by the triggers below.
alter table block add column numbers text;

-- Asked in the trigger itself and not by a function of its own: its plan is kept that way.
create function block_take_numbers() returns trigger language plpgsql as $$
begin
  new.numbers := (select case when length(k.known) > 800 then '*' else ' ' || k.known || ' ' end
    from (select string_agg(substr(i.match_key, length('phone:') + 1), ' ' order by i.match_key) as known from contact_identity i
           where i.workspace_id = new.workspace_id and i.contact_id = new.contact_id and i.kind = 'phone') k);
  return new;
end $$;
create trigger block_take_numbers before insert or update of contact_id, numbers on block
  for each row execute function block_take_numbers();

-- Identities change with their contact locked, as blocks begin and move: no block misses a change that runs beside it.
create function block_note_numbers() returns trigger language plpgsql as $$
declare
  workspace uuid := case tg_op when 'DELETE' then old.workspace_id else new.workspace_id end;
  contact uuid;
  contacts uuid[] := case tg_op when 'INSERT' then array[new.contact_id] when 'DELETE' then array[old.contact_id]
                                else array_remove(array[old.contact_id], new.contact_id) || new.contact_id end;
begin
  -- One after the other: a plan for an array that may be of any length could read all blocks.
  foreach contact in array contacts loop
    -- Most people are not blocked, and are let go at once.
    if exists (select from block b where b.workspace_id = workspace and b.contact_id = contact) then
      -- What they are is taken by the trigger above.
      update block b set numbers = null where b.workspace_id = workspace and b.contact_id = contact;
    end if;
  end loop;
  return null;
end $$;
create trigger block_number_added after insert on contact_identity
  for each row when (new.kind = 'phone') execute function block_note_numbers();
create trigger block_number_changed after update of contact_id, match_key on contact_identity
  for each row when (new.kind = 'phone' and (old.contact_id, old.match_key) is distinct from (new.contact_id, new.match_key))
  execute function block_note_numbers();
create trigger block_number_gone after delete on contact_identity
  for each row when (old.kind = 'phone') execute function block_note_numbers();

drop index block_by_start, block_by_contact, block_open;
update block set numbers = null;

create index block_by_start on block (workspace_id, is_open, started_at desc, id desc)
  include (contact_id, lifted_at, expires_at, numbers);

-- Of indexes that seem to cost the same PostgreSQL takes the newest, and without statistics all of `block` seem so to whoever asks for one
-- contact: those that are by the contact are the newest, or a trigger's kept plan reads a workspace's blocks for each row of many.
create index block_by_contact on block (workspace_id, contact_id, started_at);
create unique index block_open on block (workspace_id, contact_id) where lifted_at is null;
