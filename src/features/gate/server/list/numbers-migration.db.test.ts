import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createPool, noLimits } from '#platform/server/db.ts';
import { migrate } from '#platform/server/migrate.ts';
import { dropDatabase, makeEmptyDatabase } from '#platform/server/testing/test-postgres.ts';

const directory = fileURLToPath(new URL('../../../../../migrations', import.meta.url));
const log = pino({ level: 'silent' });
let before: string;
let url: string;
let pool: Pool;

beforeAll(async () => {
  before = await mkdtemp(join(tmpdir(), 'guarita-test-migrations-'));
  await cp(directory, before, {
    recursive: true,
    filter: (path) => !path.endsWith('.sql') || Number(/(\d{4})-[^/]*$/.exec(path)?.[1]) < 57,
  });
  url = await makeEmptyDatabase(inject('adminUrl'));
  pool = createPool(url, log, 2, noLimits);
  await migrate(pool, before, log);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await dropDatabase(inject('adminUrl'), url);
  await rm(before, { recursive: true });
});

it('blocks of an installation that is older learn their numbers', async () => {
  const workspace = '00000000-0000-7000-8000-000000000001';
  await pool.query(`insert into workspace (id, name) values ($1, 'Loja')`, [workspace]);
  const phones = {
    Ana: ['5511987654321'],
    Bruno: ['5521912345678', '5511900000000'],
    Carla: [],
    Davi: Array.from({ length: 90 }, (_, n) => `55219${80_000_000 + n}`),
  };
  for (const [name, numbers] of Object.entries(phones)) {
    await pool.query(
      `with person as (insert into contact (workspace_id, id, profile_name) values ($1, gen_random_uuid(), $2) returning id),
            numbers as (insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, is_former)
              select $1, gen_random_uuid(), p.id, 'phone', 'phone:' || n, n, n like '5521%' from person p, unnest($3::text[]) n)
       insert into block (workspace_id, id, contact_id, reason, started_by_kind)
       select $1, gen_random_uuid(), id, 'spam', 'system' from person`,
      [workspace, name, numbers],
    );
  }
  await migrate(pool, directory, log);
  const { rows } = await pool.query<{ name: string; numbers: string | null }>(
    `select c.profile_name as name, b.numbers from block b
       join contact c on c.workspace_id = b.workspace_id and c.id = b.contact_id order by 1`,
  );
  expect(rows).toEqual([
    { name: 'Ana', numbers: ' 5511987654321 ' },
    { name: 'Bruno', numbers: ' 5511900000000 5521912345678 ' },
    { name: 'Carla', numbers: null },
    { name: 'Davi', numbers: '*' },
  ]);
});
