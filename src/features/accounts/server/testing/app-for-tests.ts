import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { type AccountsApp, startAccountsApp } from './accounts-app.ts';

export interface AppForTests {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  readonly server: AccountsApp;
}

/** Call it once in a file, outside of any test; before each one, failed attempts are forgotten. */
export const appForTests = (env: Readonly<Record<string, string>> = {}): AppForTests => {
  const here: { -readonly [K in keyof AppForTests]?: AppForTests[K] } = {};
  beforeAll(async () => {
    here.deps = await openTestDeps(env);
    here.server = await startAccountsApp(here.deps);
  });
  afterAll(async () => {
    await here.server?.app.close();
    await here.deps?.close();
  });
  beforeEach(async () => {
    await here.deps?.pool.query('delete from failed_attempt');
  });
  return here as AppForTests;
};
