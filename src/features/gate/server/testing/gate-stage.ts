import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  insertContact,
  learnIdentities,
  matchKeysOf,
  type PersonRef,
} from '#features/contacts/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';

export interface GateStage {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  /** Each test has one to itself. */
  readonly workspaceId: string;
  readonly admin: Actor;
  /** From here on another one, as of an installation that knows nobody yet. */
  moveOn(): Promise<void>;
}

/** Call it once in a file, outside of any test; what it answers is filled before each test. */
export const aGateStage = (): GateStage => {
  const stage: { -readonly [K in keyof GateStage]?: GateStage[K] } = {};
  beforeAll(async () => {
    stage.deps = await openTestDeps();
  });
  afterAll(() => stage.deps?.close());
  stage.moveOn = async () => {
    const { db } = (stage as GateStage).deps;
    stage.workspaceId = await aWorkspace(db);
    stage.admin = await aMember(db, stage.workspaceId);
  };
  beforeEach(() => stage.moveOn?.());
  return stage as GateStage;
};

/** Somebody known under these names, each a number or an account. @returns the contact */
export const aContactOf = (
  { deps, workspaceId }: GateStage,
  names: readonly PersonRef[],
  profileName = 'Ana',
): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    const id = await insertContact(tx, { workspaceId, profileName, username: null });
    await learnIdentities(tx, workspaceId, id, names.flatMap(matchKeysOf));
    return id;
  });
