import { audit } from '#platform/server/audit.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { announceMemberships } from './announce-memberships.ts';
import { limited } from './attempt-limits.ts';
import {
  deleteResets,
  deleteSessions,
  findMemberships,
  findPasswordHash,
  findUserOfMember,
  lockUser,
  upsertPassword,
} from './identity-store.ts';
import { isPasswordOf } from './password.ts';
import { inTurn } from './password-turns.ts';
import { requirePerson } from './require-can.ts';

const wrongPassword = (): AppError => new AppError('wrong-password', 403);
const isWrongPassword = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'wrong-password';

export interface KnownPassword {
  readonly userId: string;
  /** What was compared with: replaced only if it still is the one. */
  readonly storedHash: string;
}

/**
 * Asks a person for their own password.
 * @throws AppError wrong-password (403), too-many-attempts (429), forbidden (403) for a key
 */
export const checkPassword = async (
  deps: Deps,
  actor: Actor,
  given: { readonly password: string; readonly place: string },
): Promise<KnownPassword> => {
  const userId = await findUserOfMember(deps.db, actor.workspaceId, requirePerson(actor));
  if (userId === null) {
    throw new AppError('unauthenticated', 401);
  }
  const tried = { kind: 'password', subject: userId, place: given.place } as const;
  return inTurn(deps, () =>
    limited(deps, tried, isWrongPassword, async () => {
      const storedHash = await findPasswordHash(deps.db, userId);
      if (storedHash === null || !(await isPasswordOf(storedHash, given.password))) {
        await inTx(deps, actor, (ctx) => audit(ctx, { action: 'accounts.password-check-failed' }));
        throw wrongPassword();
      }
      return { userId, storedHash };
    }),
  );
};

export interface ChangePassword extends KnownPassword {
  readonly newHash: string;
  /** The session that goes on; all others end. */
  readonly sessionToken: string | null;
}

/** Gives the actor another password. */
export const changePassword = async (ctx: Ctx, input: ChangePassword): Promise<void> => {
  await lockUser(ctx.tx, input.userId);
  if ((await findPasswordHash(ctx.tx, input.userId)) !== input.storedHash) {
    throw wrongPassword();
  }
  await upsertPassword(ctx.tx, input.userId, input.newHash);
  await deleteSessions(ctx.tx, input.userId, input.sessionToken);
  await deleteResets(ctx.tx, input.userId);
  announceMemberships(ctx, await findMemberships(ctx.tx, input.userId));
  await audit(ctx, { action: 'accounts.password-changed' });
};
