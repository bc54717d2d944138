import { audit } from '#platform/server/audit.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import { announceMemberships, memberActor } from './announce-memberships.ts';
import {
  deleteSessions,
  findMemberships,
  findResetUser,
  lockUser,
  takeReset,
  upsertPassword,
} from './identity-store.ts';
import { resetScopeOf } from './key-text.ts';

const invalid = (): AppError => new AppError('reset-link-invalid', 410);

const hashOf = (keyed: Keyed, token: string): Buffer =>
  keyed.hash('one-time-code', `reset:${token}`);

/**
 * The person that a link was made for.
 * @throws AppError reset-link-invalid (410): unknown, used or too old
 */
export const findResetOwner = async (deps: Deps, token: string): Promise<Actor> => {
  const userId = await findResetUser(deps.db, hashOf(deps.keyed, token));
  const first = userId === null ? undefined : (await findMemberships(deps.db, userId))[0];
  if (first === undefined) {
    throw invalid();
  }
  return memberActor(first);
};

/**
 * Sets the password of the person that the link was made for, and ends all their sessions. An administrator's link is
 * no good for who is in a second workspace by now.
 * @throws AppError reset-link-invalid (410)
 */
export const resetPassword = async (
  ctx: Ctx,
  input: { readonly token: string; readonly passwordHash: string },
): Promise<void> => {
  const tokenHash = hashOf(ctx.keyed, input.token);
  const userId = await findResetUser(ctx.tx, tokenHash);
  if (userId === null) {
    throw invalid();
  }
  // Before the link is taken: whoever joins or removes the person locks in the same order.
  await lockUser(ctx.tx, userId);
  const memberships = await findMemberships(ctx.tx, userId);
  const isForeign = resetScopeOf(input.token) === 'workspace' && memberships.length > 1;
  if (isForeign || (await takeReset(ctx.tx, tokenHash)) === null) {
    throw invalid();
  }
  await upsertPassword(ctx.tx, userId, input.passwordHash);
  await deleteSessions(ctx.tx, userId);
  announceMemberships(ctx, memberships);
  for (const membership of memberships) {
    const subject = { kind: 'member', id: membership.memberId };
    const action = 'accounts.password-reset';
    await audit({ ...ctx, actor: memberActor(membership) }, { action, subject });
  }
};
