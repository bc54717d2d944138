-- The filter by what WhatsApp's list says agrees with what is shown (gate/server/upstream/state-queries.ts).

-- Who stands how on the list of one number.
create index upstream_block_state on upstream_block (workspace_id, channel_id, state, contact_id);

-- By what a contact can be named to WhatsApp at all. None: no number asks for it, and none has a row.
create function contact_has_address(workspace uuid, contact uuid) returns boolean language sql stable as $$
  select exists (select 1 from contact_identity i where i.workspace_id = workspace and i.contact_id = contact
                    and not i.is_former and i.kind in ('phone', 'bsuid'))
$$;

-- As in migration 0022; what was left behind by its person tells nothing any more.
create or replace function block_note_upstream() returns trigger language plpgsql as $$
begin
  update block b set upstream_state = w.state
    from (select t.workspace_id, t.contact_id,
                 coalesce((select u.state from upstream_block u
                   where u.workspace_id = t.workspace_id and u.contact_id = t.contact_id
                     and not exists (select 1 from contact_identity f where f.workspace_id = u.workspace_id
                                        and f.contact_id = u.contact_id and f.match_key = u.match_key and f.is_former)
                   order by array_position(array['failed', 'list-full', 'not-supported', 'waiting-for-message',
                                                 'pending', 'applied'], u.state) limit 1),
                   case when not contact_has_address(t.workspace_id, t.contact_id) then 'not-supported' end) as state
            from (select distinct workspace_id, contact_id from changed) t) w
   where b.workspace_id = w.workspace_id and b.contact_id = w.contact_id and b.lifted_at is null
     and b.upstream_state is distinct from w.state;
  return null;
end $$;

-- Nothing is ever asked for them, so no row would say it.
create function block_without_address() returns trigger language plpgsql as $$
begin
  update block b set upstream_state = 'not-supported' from added a
   where b.workspace_id = a.workspace_id and b.id = a.id and not contact_has_address(a.workspace_id, a.contact_id);
  return null;
end $$;
create trigger block_without_address after insert on block
  referencing new table as added for each statement execute function block_without_address();
update block b set upstream_state = 'not-supported'
 where b.lifted_at is null and b.upstream_state is null and not contact_has_address(b.workspace_id, b.contact_id);
