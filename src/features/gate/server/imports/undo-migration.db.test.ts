import { expect, it } from 'vitest';
import { aDatabaseBefore } from '#platform/server/testing/older-database.ts';

const older = aDatabaseBefore(61);

const workspace = '00000000-0000-7000-8000-000000000001';
const idOf = (kind: string, n: number): string =>
  `00000000-0000-7000-8000-${kind}${String(n).padStart(8, '0')}`;
const contact = (n: number): string => idOf('c0c0', n);
const blockOf = (n: number): string => idOf('b0b0', n);
const importId = idOf('f0f0', 1);

interface OldBlock {
  readonly cause?: string;
  readonly at?: string;
  readonly until?: string;
}
const addBlock = (of: number, n: number, { cause, at, until }: OldBlock = {}) =>
  older.pool.query(
    `insert into block (workspace_id, id, contact_id, reason, cause, started_at, lifted_at, lifted_by_kind, started_by_kind)
     values ($1, $2, $3, 'spam', $4, $5, $6::timestamptz, case when $6::timestamptz is not null then 'system' end, 'system')`,
    [
      workspace,
      blockOf(n),
      contact(of),
      cause ?? 'import',
      at ?? '2026-11-20T10:05Z',
      until ?? null,
    ],
  );

it('rows of imports that are older learn their block, where one alone can be it', async () => {
  await older.pool.query(`insert into workspace (id, name) values ($1, 'Loja')`, [workspace]);
  await older.pool.query(
    `insert into block_import (workspace_id, id, state, has_note, has_until, created_by_kind, started_by_kind, started_at, ended_at)
     values ($1, $2, 'done', false, false, 'system', 'system', '2026-11-20T10:00Z', '2026-11-20T10:10Z')`,
    [workspace, importId],
  );
  const results = ['blocked', 'blocked', 'blocked', 'unchanged', 'blocked', 'blocked'];
  for (const [n, result] of results.entries()) {
    await older.pool.query('insert into contact (workspace_id, id) values ($1, $2)', [
      workspace,
      contact(n),
    ]);
    await older.pool.query(
      `insert into block_import_row (workspace_id, import_id, line, plan, result, contact_id)
       values ($1, $2, $3, 'known-contact', $4, $5)`,
      [workspace, importId, n, result, contact(n)],
    );
  }
  await addBlock(0, 0);
  // By hand since, of another time, and two that could be it.
  await addBlock(1, 1, { cause: 'manual' });
  await addBlock(1, 2, { at: '2026-11-01T10:00Z', until: '2026-11-02T10:00Z' });
  await addBlock(2, 3, { at: '2026-11-20T10:04Z', until: '2026-11-20T10:06Z' });
  await addBlock(2, 4, { at: '2026-11-20T10:07Z' });
  await addBlock(3, 5, { cause: 'manual', at: '2026-11-10T10:00Z' });
  await addBlock(4, 6);
  await older.pool.query(
    `insert into audit_event (workspace_id, id, actor_kind, action, subject_kind, subject_id, details)
     values ($1, gen_random_uuid(), 'system', 'gate.block-edited', 'contact', $2, jsonb_build_object('blockId', $3::text))`,
    [workspace, contact(4), blockOf(6)],
  );
  await addBlock(5, 7);
  await older.pool.query(
    `insert into block_request (workspace_id, id, contact_id, state, due_at, decided_at, decided_by_kind, block_id)
     values ($1, gen_random_uuid(), $2, 'approved', now(), now(), 'system', $3)`,
    [workspace, contact(5), blockOf(7)],
  );
  await older.migrate();
  const { rows } = await older.pool.query<{ block: string | null; touched: boolean | null }>(
    `select r.block_id as block, b.touched_at is not null as touched from block_import_row r
       left join block b on b.workspace_id = r.workspace_id and b.id = r.block_id order by r.line`,
  );
  expect(rows).toEqual([
    { block: blockOf(0), touched: false },
    { block: null, touched: false },
    { block: null, touched: false },
    { block: blockOf(5), touched: false },
    { block: blockOf(6), touched: true },
    { block: blockOf(7), touched: true },
  ]);
});
