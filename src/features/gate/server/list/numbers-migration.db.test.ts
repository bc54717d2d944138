import { expect, it } from 'vitest';
import { aDatabaseBefore } from '#platform/server/testing/older-database.ts';

const older = aDatabaseBefore(57);

it('blocks of an installation that is older learn their numbers', async () => {
  const workspace = '00000000-0000-7000-8000-000000000001';
  await older.pool.query(`insert into workspace (id, name) values ($1, 'Loja')`, [workspace]);
  const phones = {
    Ana: ['5511987654321'],
    Bruno: ['5521912345678', '5511900000000'],
    Carla: [],
    Davi: Array.from({ length: 90 }, (_, n) => `55219${80_000_000 + n}`),
  };
  for (const [name, numbers] of Object.entries(phones)) {
    await older.pool.query(
      `with person as (insert into contact (workspace_id, id, profile_name) values ($1, gen_random_uuid(), $2) returning id),
            numbers as (insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, is_former)
              select $1, gen_random_uuid(), p.id, 'phone', 'phone:' || n, n, n like '5521%' from person p, unnest($3::text[]) n)
       insert into block (workspace_id, id, contact_id, reason, started_by_kind)
       select $1, gen_random_uuid(), id, 'spam', 'system' from person`,
      [workspace, name, numbers],
    );
  }
  await older.migrate();
  const { rows } = await older.pool.query<{ name: string; numbers: string | null }>(
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
