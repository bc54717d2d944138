import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { aContact } from './askers.ts';

/** A workspace with who decides, two who may ask, and somebody to be asked about; each test has its own. */
export interface AskersStage {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  readonly workspaceId: string;
  readonly admin: Actor;
  /** An agent. */
  readonly larissa: Actor;
  /** A moderator. */
  readonly diego: Actor;
  /** A test may put somebody else here. */
  contactId: string;
}

/** Call it once in a file, outside of any test; what it answers is filled before each test. */
export const anAskersStage = (): AskersStage => {
  const stage: { -readonly [K in keyof AskersStage]?: AskersStage[K] } = {};
  beforeAll(async () => {
    stage.deps = await openTestDeps();
  });
  afterAll(() => stage.deps?.close());
  beforeEach(async () => {
    const { deps } = stage as AskersStage;
    const workspaceId = await aWorkspace(deps.db);
    stage.workspaceId = workspaceId;
    stage.admin = await aMember(deps.db, workspaceId);
    stage.larissa = await aMember(deps.db, workspaceId, 'agent');
    stage.diego = await aMember(deps.db, workspaceId, 'moderator');
    stage.contactId = await aContact(deps, workspaceId);
  });
  return stage as AskersStage;
};
