import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Lookups, openLookups } from '#platform/server/lookups.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { viewChanges } from './views.ts';

let deps: TestDeps;
let lookups: Lookups;

beforeAll(async () => {
  deps = await openTestDeps();
  lookups = openLookups(deps.databaseUrl, deps.log);
});
afterAll(async () => {
  await lookups.close();
  await deps.close();
});

interface Kept {
  readonly name: string;
  readonly statement: string;
  readonly types: string;
  readonly plans: number;
}

const readKept = async (): Promise<Kept[]> => {
  const { rows } = await sql<Kept>`
    select name, statement, parameter_types::text as types, (generic_plans + custom_plans)::int as plans
      from pg_prepared_statements where statement not like '%pg_prepared_statements%'`.execute(
    lookups.db,
  );
  return rows;
};

/** One after another: all on one connection. */
const view = async (): Promise<void> => {
  const nothing = {
    conversationIds: [],
    messageIds: [],
    contactIds: [],
    memberIds: [],
    removalIds: [],
  };
  const notice = { ...nothing, workspaceId: newId(), refetch: false };
  await viewChanges(lookups.db, { ...notice, contactIds: [newId()] });
  await viewChanges(lookups.db, { ...notice, conversationIds: [newId()] });
  await viewChanges(lookups.db, { ...notice, messageIds: [newId()] });
};

it('asks for changes under names, by plans that read no table whole although all are empty', async () => {
  await view();
  await view();
  const kept = await readKept();
  expect(kept).toHaveLength(3);
  for (const { name, types, plans, statement } of kept) {
    expect(plans, statement).toBeGreaterThanOrEqual(2);
    const params = types
      .replace(/[{}]/g, '')
      .split(',')
      .map((type) => (type.endsWith('[]') ? `'{}'` : `'${newId()}'`));
    const { rows } = await sql<{ 'QUERY PLAN': string }>`${sql.raw(
      `explain execute "${name}" (${params.join(', ')})`,
    )}`.execute(lookups.db);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Index');
    expect(plan).not.toContain('Seq Scan');
  }
});

it('asks on, on a new connection, when one has been cut', async () => {
  await view();
  const pidOf = async (): Promise<number | undefined> =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(lookups.db)).rows[0]?.pid;
  const pid = await pidOf();
  await sql`select pg_terminate_backend(${pid})`.execute(deps.db);
  await vi.waitFor(async () => {
    await view();
    expect(await pidOf()).not.toBe(pid);
  });
  const asked = (await readKept()).filter(({ types }) => types !== '{}');
  expect(asked).toHaveLength(3);
});
