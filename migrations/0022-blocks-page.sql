-- What the page of blocks is searched, filtered and sorted by, however many blocks there are.

-- Not lifted. Whether it still holds is for the clock to say (G9).
alter table block add column is_open boolean not null generated always as (lifted_at is null) stored;
-- Somebody looked at a block without end and kept it.
alter table block add column reviewed_at timestamptz(3);
-- Of what is known from the lists of WhatsApp's for this block, the worst; null: nothing yet.
alter table block add column upstream_state text;

-- What the clock has ended and nobody wrote down.
update block set lifted_at = expires_at, lifted_by_kind = 'system'
 where lifted_at is null and expires_at <= clock_timestamp();

drop index block_by_start;
create index block_by_start on block (workspace_id, is_open, started_at desc, id desc);
create index block_by_reason on block (workspace_id, is_open, reason, started_at desc, id desc);
create index block_by_starter on block (workspace_id, is_open, started_by, started_at desc, id desc);
create index block_by_upstream on block (workspace_id, is_open, upstream_state, started_at desc, id desc);
create index block_unwanted on block (workspace_id, is_open, started_at desc, id desc) where not upstream;
create index block_by_end on block (workspace_id, is_open, coalesce(expires_at, 'infinity'), id);
create index block_by_review on block (workspace_id, coalesce(reviewed_at, started_at), id)
  where lifted_at is null and expires_at is null;

-- All attempts against a block, beside the counters by kind. Not in the row of the block: it would be indexed anew in
-- every way at each item that is dropped.
create table block_attempt_total (
  workspace_id uuid not null,
  block_id uuid not null,
  is_open boolean not null,
  attempts bigint not null,
  last_at timestamptz(3) not null,
  primary key (workspace_id, block_id),
  foreign key (workspace_id, block_id) references block (workspace_id, id)
);
insert into block_attempt_total (workspace_id, block_id, is_open, attempts, last_at)
select a.workspace_id, a.block_id, b.is_open, sum(a.attempts), max(a.last_at)
  from block_attempt a join block b on b.workspace_id = a.workspace_id and b.id = a.block_id
 group by a.workspace_id, a.block_id, b.is_open;
create index block_attempt_most on block_attempt_total (workspace_id, is_open, attempts desc, block_id desc);
create index block_attempt_latest on block_attempt_total (workspace_id, is_open, last_at desc, block_id desc);

-- Numbers by how they begin, and by how they end.
create index contact_identity_begins on contact_identity (workspace_id, match_key text_pattern_ops) include (contact_id)
  where kind = 'phone' and not is_former;
create index contact_identity_ends on contact_identity (workspace_id, reverse(match_key) text_pattern_ops)
  where kind = 'phone' and not is_former;

-- After how many days a block without end is to be looked at again. No row: 180.
create table block_review_setting (
  workspace_id uuid primary key references workspace (id),
  after_days integer not null check (after_days between 1 and 3650)
);

-- The rows of a contact are written under its lock alone, so what is read here is all there is.
create function block_note_upstream() returns trigger language plpgsql as $$
begin
  update block b set upstream_state = w.state
    from (select t.workspace_id, t.contact_id,
                 (select u.state from upstream_block u
                   where u.workspace_id = t.workspace_id and u.contact_id = t.contact_id
                   order by array_position(array['failed', 'list-full', 'not-supported', 'waiting-for-message',
                                                 'pending', 'applied'], u.state) limit 1) as state
            from (select distinct workspace_id, contact_id from changed) t) w
   where b.workspace_id = w.workspace_id and b.contact_id = w.contact_id and b.lifted_at is null
     and b.upstream_state is distinct from w.state;
  return null;
end $$;
create trigger upstream_block_added after insert on upstream_block
  referencing new table as changed for each statement execute function block_note_upstream();
create trigger upstream_block_changed after update on upstream_block
  referencing new table as changed for each statement execute function block_note_upstream();
create trigger upstream_block_removed after delete on upstream_block
  referencing old table as changed for each statement execute function block_note_upstream();
update block b set upstream_state = (
  select u.state from upstream_block u where u.workspace_id = b.workspace_id and u.contact_id = b.contact_id
   order by array_position(array['failed', 'list-full', 'not-supported', 'waiting-for-message', 'pending', 'applied'],
                           u.state) limit 1)
 where b.lifted_at is null;
