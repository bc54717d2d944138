-- The second wall for claims that are there already (G10): a claim can end, and nothing else. Written later, it would be a
-- right to send that no gate gave, or a request that a block does not wait for.
create function dispatch_claim_update_guard() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from added a
      left join removed r on r.workspace_id = a.workspace_id and r.id = a.id
     where r.id is null
        or (a.message_id, a.kind, a.accepted_epoch, a.claimed_at)
           is distinct from (r.message_id, r.kind, r.accepted_epoch, r.claimed_at)
        or a.deadline > r.deadline
        or (r.ended_at is not null and a.ended_at is distinct from r.ended_at)
  ) then
    raise exception 'a claim can only end' using errcode = 'GT001';
  end if;
  -- A merge and a split move claims with their messages, both contacts locked: a block of either waits for them.
  if current_setting('guarita.gate_exception', true) is distinct from 'merge' and exists (
    select 1 from added a
      join removed r on r.workspace_id = a.workspace_id and r.id = a.id
     where a.contact_id <> r.contact_id
  ) then
    raise exception 'a claim names another contact than before' using errcode = 'GT001';
  end if;
  return null;
end $$;

create trigger dispatch_claim_update_guard after update on dispatch_claim
  referencing old table as removed new table as added for each statement execute function dispatch_claim_update_guard();
