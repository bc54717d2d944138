-- An import of blocks can be undone: each of its rows remembers its block, and a block whether somebody has said something of it since.

-- When anybody last changed it or said it again, also whoever made it (`confirmed_at` is of others alone). Null: it stands as it was made.
alter table block add column touched_at timestamptz;

-- Lifted because the import that made it was undone: nobody has let that person in by it.
alter table block add column is_undone boolean not null default false;

alter table block_import_row
  -- The block that this row made, changed, or found as the file wanted it.
  add column block_id uuid;

alter table block_import
  -- Of the last time that it was undone.
  add column undo_state text check (undo_state in ('running', 'done', 'failed')),
  -- The last line whose batch has committed.
  add column undo_line integer not null default 0,
  -- Blocks that were to be lifted, with those that an earlier time has lifted.
  add column undo_total integer not null default 0,
  add column undo_lifted integer not null default 0,
  -- Those that were changed, confirmed or lifted before their turn came.
  add column undo_kept integer not null default 0,
  add column undo_started_at timestamptz(3),
  add column undo_started_by_kind text check (undo_started_by_kind in ('member', 'api-key', 'system')),
  add column undo_started_by uuid,
  add column undo_ended_at timestamptz(3);

-- What was imported before this: only where one block alone can be the row's. Of those that are not known nothing is lifted.
update block_import_row r set block_id = k.id
  from (select n.workspace_id, n.import_id, n.line, min(b.id::text)::uuid as id
          from block_import_row n
          join block_import m on m.workspace_id = n.workspace_id and m.id = n.import_id
          join block b on b.workspace_id = n.workspace_id and b.contact_id = n.contact_id
         where n.result = 'blocked' and b.cause = 'import'
           and b.started_by_kind = m.started_by_kind and b.started_by is not distinct from m.started_by
           and b.started_at between m.started_at and coalesce(m.ended_at, 'infinity')
         group by n.workspace_id, n.import_id, n.line having count(*) = 1) k
 where r.workspace_id = k.workspace_id and r.import_id = k.import_id and r.line = k.line;

-- What a file found, or changed, was a block that stood while it was applied; of several the last.
update block_import_row r set block_id = k.id
  from (select distinct on (n.workspace_id, n.import_id, n.line) n.workspace_id, n.import_id, n.line, b.id
          from block_import_row n
          join block_import m on m.workspace_id = n.workspace_id and m.id = n.import_id
          join block b on b.workspace_id = n.workspace_id and b.contact_id = n.contact_id
         where n.result in ('edited', 'unchanged') and b.started_at <= coalesce(m.ended_at, 'infinity')
           and coalesce(b.lifted_at, 'infinity') >= m.started_at
         order by n.workspace_id, n.import_id, n.line, b.started_at desc) k
 where r.workspace_id = k.workspace_id and r.import_id = k.import_id and r.line = k.line;

-- Who has changed a block since is in the audit log alone.
update block b set touched_at = e.at
  from (select r.workspace_id, r.block_id, max(a.at) as at
          from block_import_row r
          join audit_event a on a.workspace_id = r.workspace_id and a.subject_kind = 'contact' and a.subject_id = r.contact_id
         where r.result = 'blocked' and r.block_id is not null and a.action = 'gate.block-edited'
           and a.details->>'blockId' = r.block_id::text
         group by r.workspace_id, r.block_id) e
 where b.workspace_id = e.workspace_id and b.id = e.block_id;

-- A request that it answered is somebody's word as well.
update block b set touched_at = q.decided_at from block_request q
 where q.workspace_id = b.workspace_id and q.block_id = b.id and q.state = 'approved' and b.cause = 'import' and b.touched_at is null;

-- A block of one import that another has found or changed is that one's word too.
create index block_import_row_said on block_import_row (workspace_id, block_id) where result in ('edited', 'unchanged');
