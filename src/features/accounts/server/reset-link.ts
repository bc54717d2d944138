import { audit } from '#platform/server/audit.ts';
import type { Ctx, Deps } from '#platform/server/deps.ts';
import { systemActor } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { baseUrl } from './base-url.ts';
import { findMemberships, findUserByEmail, lockUser, upsertReset } from './identity-store.ts';
import { newResetToken, type ResetScope } from './key-text.ts';
import { requireCan, requirePerson } from './require-can.ts';
import { findActiveMember } from './store.ts';

const lifetime = '1 hour';

export interface ResetLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** One link a person: a new one ends the one before. */
export const makeLink = async (
  ctx: Ctx,
  base: string,
  scope: ResetScope,
  person: { readonly userId: string; readonly memberId: string },
): Promise<ResetLink> => {
  const token = newResetToken(scope);
  const tokenHash = ctx.keyed.hash('one-time-code', `reset:${token}`);
  const expiresAt = await upsertReset(ctx.tx, { userId: person.userId, tokenHash, lifetime });
  await audit(ctx, {
    action: 'accounts.reset-link-made',
    subject: { kind: 'member', id: person.memberId },
  });
  return { url: `${base}/redefinir-senha?token=${token}`, expiresAt: expiresAt.toISOString() };
};

/**
 * A link for a colleague, made by an administrator. Refused for who is also in another workspace: whoever holds
 * the link becomes that person there too, and the administrator of one workspace has no say in another. For people
 * only, as `createMember`.
 * @throws AppError member-not-found (404), member-of-other-workspace (409)
 */
export const makeResetLink = async (
  ctx: Ctx,
  base: string,
  memberId: string,
): Promise<ResetLink> => {
  requireCan(ctx.actor, 'member.manage');
  requirePerson(ctx.actor);
  const member = await findActiveMember(ctx.tx, ctx.actor.workspaceId, memberId);
  if (member === undefined) {
    throw notFound('member');
  }
  await lockUser(ctx.tx, member.userId);
  if ((await findMemberships(ctx.tx, member.userId)).length > 1) {
    throw new AppError('member-of-other-workspace', 409);
  }
  return makeLink(ctx, base, 'workspace', { userId: member.userId, memberId });
};

/**
 * A link for the command line of the server, for anybody who has a place in a workspace.
 * @throws AppError member-not-found (404)
 */
export const resetPasswordLink = async (deps: Deps, email: string): Promise<ResetLink> => {
  const user = await findUserByEmail(deps.db, email.trim().toLowerCase());
  const first = user === undefined ? undefined : (await findMemberships(deps.db, user.id))[0];
  if (user === undefined || first === undefined) {
    throw notFound('member');
  }
  const person = { userId: user.id, memberId: first.memberId };
  return inTx(deps, systemActor(first.workspaceId), (ctx) =>
    makeLink(ctx, baseUrl(deps.config), 'installation', person),
  );
};
