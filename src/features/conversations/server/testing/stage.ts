import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { aChannel, type Place } from '../testing.ts';

export interface Stage {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  /** The only channel of a workspace that each test has to itself. */
  readonly place: Place;
  readonly admin: Actor;
  readonly agent: Actor;
}

/** Call it once in a file, outside of any test; what it answers is filled before each test. */
export const aStage = (): Stage => {
  const stage: { -readonly [K in keyof Stage]?: Stage[K] } = {};
  beforeAll(async () => {
    stage.deps = await openTestDeps();
  });
  afterAll(() => stage.deps?.close());
  beforeEach(async () => {
    const { deps } = stage as Stage;
    const workspaceId = await aWorkspace(deps.db);
    stage.place = await aChannel(deps.db, workspaceId);
    stage.admin = await aMember(deps.db, workspaceId);
    stage.agent = await aMember(deps.db, workspaceId, 'agent');
  });
  return stage as Stage;
};
