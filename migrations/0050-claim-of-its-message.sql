-- The second wall asked whether the epoch of a claim is the contact's. The gate writes the one of now there, so that it never spoke
-- of when the message was accepted: code that forgets to compare the two, or SQL that copies the contact's, would have sent what a
-- block had stopped. The message's own is compared as well.
create or replace function dispatch_claim_guard() returns trigger language plpgsql as $$
begin
  perform gate_assert_open(
    (select array_agg(workspace_id) from added), (select array_agg(contact_id) from added));
  if exists (
    select 1 from added a
      join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id
      left join message m on m.workspace_id = a.workspace_id and m.id = a.message_id and a.kind = 'send'
     where c.block_epoch <> a.accepted_epoch
        or c.block_epoch <> m.accepted_epoch
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
