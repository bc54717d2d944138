-- PostgreSQL plans what a trigger asks once a connection, by the rows that it meets then. Where that was none or one, two sets of many
-- rows were compared each with each afterwards. A full join can only be sorted or hashed, as those of 0005 and 0026 are.

-- As 0031.
create or replace function journal_note_blocks() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct workspace_id, contact_id from added;
  else
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct t.workspace_id, t.contact_id
      from (select coalesce(n.workspace_id, o.workspace_id) as workspace_id, unnest(array[o.contact_id, n.contact_id]) as contact_id
              from removed o full join added n on n.workspace_id = o.workspace_id and n.id = o.id
             where (o.contact_id, o.reason, o.expires_at, o.lifted_at, o.upstream)
                   is distinct from (n.contact_id, n.reason, n.expires_at, n.lifted_at, n.upstream)) t
     where t.contact_id is not null;
  end if;
  return null;
end $$;

-- As 0040.
create or replace function journal_note_identities() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct a.workspace_id, a.contact_id from added a
     where exists (select 1 from block b where b.workspace_id = a.workspace_id and b.contact_id = a.contact_id and b.lifted_at is null)
        or exists (select 1 from contact c where c.workspace_id = a.workspace_id and c.id = a.contact_id and c.name_removed_at is not null);
  else
    insert into journal_contact_due (workspace_id, contact_id)
    select distinct t.workspace_id, t.contact_id
      from (select coalesce(n.workspace_id, o.workspace_id) as workspace_id, unnest(array[o.contact_id, n.contact_id]) as contact_id
              from removed o full join added n on n.workspace_id = o.workspace_id and n.id = o.id
             where (o.contact_id, o.match_key, o.is_former) is distinct from (n.contact_id, n.match_key, n.is_former)) t
     where exists (select 1 from block b where b.workspace_id = t.workspace_id and b.contact_id = t.contact_id and b.lifted_at is null)
        or exists (select 1 from contact c where c.workspace_id = t.workspace_id and c.id = t.contact_id and c.name_removed_at is not null);
  end if;
  return null;
end $$;

-- As 0030.
create or replace function dispatch_claim_update_guard() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from added a
      full join removed r on r.workspace_id = a.workspace_id and r.id = a.id
     where a.id is null
        or r.id is null
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
      full join removed r on r.workspace_id = a.workspace_id and r.id = a.id
     where a.contact_id is distinct from r.contact_id
  ) then
    raise exception 'a claim names another contact than before' using errcode = 'GT001';
  end if;
  return null;
end $$;

-- The newest blocks are looked at one after another for those of whom a search found: the index tells whose each is and whether it
-- holds, so that none has to be fetched for it.
drop index block_by_start;
create index block_by_start on block (workspace_id, is_open, started_at desc, id desc) include (contact_id, lifted_at, expires_at);
