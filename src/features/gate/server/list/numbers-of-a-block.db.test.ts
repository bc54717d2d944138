import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { seededRandom } from '#platform/shared/testing/seeded-random.ts';

let deps: TestDeps;
let workspaceId: string;

beforeAll(async () => {
  deps = await openTestDeps();
  workspaceId = await aWorkspace(deps.db);
});
afterAll(() => deps.close());

const aPerson = async (): Promise<string> => {
  const id = newId();
  await sql`insert into contact (workspace_id, id, profile_name) values (${workspaceId}, ${id}, 'Cliente')`.execute(
    deps.db,
  );
  return id;
};
const aBlock = (contactId: string) =>
  sql`insert into block (workspace_id, id, contact_id, reason, started_by_kind, lifted_at, lifted_by_kind)
    values (${workspaceId}, ${newId()}, ${contactId}, 'spam', 'system', clock_timestamp() + interval '1 second', 'system')`.execute(
    deps.db,
  );

/** What each block says, beside what the identities of its contact say. */
const readNumbers = async () => {
  const { rows } = await sql<{ said: string | null; keys: string[] }>`
    select b.numbers as said, array(select i.match_key from contact_identity i
        where i.workspace_id = b.workspace_id and i.contact_id = b.contact_id and i.kind = 'phone' order by i.match_key) as keys
      from block b where b.workspace_id = ${workspaceId} order by b.id`.execute(deps.db);
  return {
    said: rows.map((row) => row.said),
    true: rows.map(({ keys }) =>
      keys.length === 0 ? null : ` ${keys.map((key) => key.replace('phone:', '')).join(' ')} `,
    ),
  };
};

describe('the numbers in the row of a block', () => {
  it('follow everything that happens to the identities of its contact', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = seededRandom(seed);
    const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const people = await Promise.all(Array.from({ length: 5 }, aPerson));
    const keys = Array.from({ length: 12 }, (_, n) => `phone:55119${80_000_000 + n}`);
    const somebody = () => oneOf(people);
    const steps: Readonly<Record<string, () => Promise<unknown>>> = {
      learn: () => {
        const key = oneOf([...keys, 'bsuid:BR.84320917553102']);
        const kind = key.split(':')[0];
        return sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, is_former)
          values (${workspaceId}, ${newId()}, ${somebody()}, ${kind}, ${key}, ${key}, ${random() < 0.3}) on conflict do nothing`.execute(
          deps.db,
        );
      },
      leave: () =>
        sql`update contact_identity i set is_former = true where workspace_id = ${workspaceId} and match_key = ${oneOf(keys)}
          and not is_former and not exists (select 1 from contact_identity f where f.workspace_id = i.workspace_id
            and f.match_key = i.match_key and f.contact_id = i.contact_id and f.is_former)`.execute(
          deps.db,
        ),
      // A merge and a split move many at once.
      move: () =>
        sql`update contact_identity i set contact_id = ${somebody()} where workspace_id = ${workspaceId} and contact_id = ${somebody()}
          and not i.is_former`.execute(deps.db),
      correct: () => {
        const key = oneOf(keys);
        return sql`update contact_identity i set match_key = ${key} where workspace_id = ${workspaceId} and match_key = ${oneOf(keys)}
          and not is_former and not exists (select 1 from contact_identity h where h.workspace_id = i.workspace_id and h.match_key = ${key})`.execute(
          deps.db,
        );
      },
      forget: () =>
        sql`delete from contact_identity where workspace_id = ${workspaceId} and contact_id = ${somebody()} and ${random() < 0.3}`.execute(
          deps.db,
        ),
      block: () => aBlock(somebody()),
      moveBlocks: () =>
        sql`update block set contact_id = ${somebody()} where workspace_id = ${workspaceId} and contact_id = ${somebody()}`.execute(
          deps.db,
        ),
    };
    let many = 0;
    for (let step = 0; step < 300; step += 1) {
      const name = step < 5 ? 'block' : oneOf(Object.keys(steps));
      await steps[name]?.();
      const numbers = await readNumbers();
      expect(numbers.said, `seed ${seed}, after step ${step}, ${name}`).toEqual(numbers.true);
      many += numbers.said.filter((said) => (said?.trim().split(' ').length ?? 0) > 1).length;
    }
    expect(many).toBeGreaterThan(0);
  });
});
