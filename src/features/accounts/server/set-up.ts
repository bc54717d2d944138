import { timingSafeEqual } from 'node:crypto';
import { audit } from '#platform/server/audit.ts';
import type { Ctx, Db, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import { limited } from './attempt-limits.ts';
import { createUserWithMembership } from './create-user-with-membership.ts';
import { newSetupCode, normalizeSetupCode } from './key-text.ts';
import { findSetupCodeHash, hasWorkspace } from './queries.ts';
import { deleteSetupCode, insertWorkspace, lockSetup, upsertSetupCode } from './store.ts';

const hashOf = (keyed: Keyed, code: string): Buffer =>
  keyed.hash('one-time-code', `setup:${normalizeSetupCode(code)}`);

/**
 * The code that opens the set-up page, to be printed once at start; null when the installation has a workspace.
 * Only its hash is kept, in the database: every process accepts it, and a later start replaces it.
 */
export const ensureSetupCode = (deps: Deps): Promise<string | null> =>
  deps.db.transaction().execute(async (tx) => {
    await lockSetup(tx);
    if (await hasWorkspace(tx)) {
      await deleteSetupCode(tx);
      return null;
    }
    const code = newSetupCode();
    await upsertSetupCode(tx, hashOf(deps.keyed, code));
    return code;
  });

export interface SetUp {
  readonly code: string;
  readonly workspaceName: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly locale: string;
  readonly timeZone: string;
}

const assertOpen = async (db: Db, keyed: Keyed, code: string): Promise<void> => {
  if (await hasWorkspace(db)) {
    throw new AppError('setup-closed', 409);
  }
  const expected = await findSetupCodeHash(db);
  if (expected === null || !timingSafeEqual(expected, hashOf(keyed, code))) {
    throw new AppError('wrong-setup-code', 403);
  }
};

const isWrongCode = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'wrong-setup-code';

/**
 * Looked at before the work of hashing a password is done for a stranger.
 * @throws AppError setup-closed (409), wrong-setup-code (403), too-many-attempts (429)
 */
export const checkSetupCode = (deps: Deps, place: string, code: string): Promise<void> =>
  limited(deps, { kind: 'setup-code', subject: 'setup', place }, isWrongCode, () =>
    assertOpen(deps.db, deps.keyed, code),
  );

/**
 * Makes the first workspace, which is the actor's, and its administrator. Of two at once one is refused.
 * @throws AppError setup-closed (409), wrong-setup-code (403)
 */
export const setUp = async (ctx: Ctx, input: SetUp): Promise<{ readonly memberId: string }> => {
  const { workspaceId } = ctx.actor;
  await lockSetup(ctx.tx);
  await assertOpen(ctx.tx, ctx.keyed, input.code);
  await deleteSetupCode(ctx.tx);
  const { workspaceName, locale, timeZone, name, email, passwordHash } = input;
  await insertWorkspace(ctx.tx, { id: workspaceId, name: workspaceName, locale, timeZone });
  const role = 'administrator';
  const person = { workspaceId, name, email, passwordHash, role } as const;
  const { memberId } = await createUserWithMembership(ctx.tx, person);
  await audit(ctx, {
    action: 'accounts.workspace-created',
    subject: { kind: 'member', id: memberId },
  });
  return { memberId };
};
