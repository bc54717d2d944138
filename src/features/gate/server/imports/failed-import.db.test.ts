import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { expectOneEvent } from '#platform/server/testing/audit-trail.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { mostTries } from './job-names.ts';
import { read, runOnce, start, stateOf } from './testing/import-world.ts';

let deps: TestDeps;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

it('an import that fails to its last try ends, and the audit log says so once', async () => {
  const workspaceId = await aWorkspace(deps.db);
  const admin = await aMember(deps.db, workspaceId);
  const file = 'número;motivo;nome\n11911110001;spam;Zuleica\n11911110002;spam;\n';
  const { id } = await read(deps, admin, file);
  await start(deps, admin, id);
  await sql`create function fail_block() returns trigger language plpgsql as $$
      begin raise exception 'no room left' using errcode = '53100'; end $$;
    create trigger fail_block before insert on block for each statement execute function fail_block();`.execute(
    deps.db,
  );
  const fails = (attempt: number) =>
    expect(runOnce(deps, admin, id, attempt)).rejects.toThrow('no room left');
  await fails(mostTries - 1);
  expect(await stateOf(deps, admin, id)).toMatchObject({ state: 'applying' });
  await fails(mostTries);
  // A job that comes again all the same finds nothing to do.
  await runOnce(deps, admin, id, mostTries);
  expect(await stateOf(deps, admin, id)).toMatchObject({ state: 'failed' });
  const details = { importId: id, blocked: 0, edited: 0, unchanged: 0, notDone: 2 };
  const told = { actor: null, details };
  await expectOneEvent(deps.db, workspaceId, 'gate.import-failed', told, [
    'Zuleica',
    'bloqueios.csv',
  ]);
});
