import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '#features/accounts/server/identify.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { benchSecret } from './server.ts';
import { makeWorkspace } from './workspace.ts';

let deps: TestDeps;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

test('the workspace of the benches fits the tables of today, and its key opens it', async () => {
  const made = await makeWorkspace(deps.databaseUrl);
  const bench = { ...deps, keyed: createKeyed(benchSecret) };
  const actor = await identify(bench, { authorization: `Bearer ${made.apiKey}` });
  expect(actor).toMatchObject({
    kind: 'api-key',
    role: 'administrator',
    workspaceId: made.workspaceId,
  });
});
