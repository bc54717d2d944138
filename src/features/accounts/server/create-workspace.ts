import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { createUserWithMembership } from './create-user-with-membership.ts';
import { makeLink, type ResetLink } from './reset-link.ts';
import { deleteSetupCode, insertWorkspace, lockSetup } from './store.ts';

export interface CreateWorkspace {
  readonly name: string;
  readonly email: string;
  /** Of a password that nobody knows: the link sets the first one. */
  readonly passwordHash: string;
  /** Where people reach this installation. */
  readonly baseUrl: string;
}

/**
 * Makes one more workspace, which is the actor's, and its administrator. For the command line of the server alone.
 * @returns the link by which the administrator chooses a password; null for who has one from another workspace
 */
export const createWorkspace = async (
  ctx: Ctx,
  { name, email, passwordHash, baseUrl }: CreateWorkspace,
): Promise<ResetLink | null> => {
  const { workspaceId } = ctx.actor;
  await lockSetup(ctx.tx);
  await deleteSetupCode(ctx.tx);
  const place = { locale: 'pt-BR', timeZone: 'America/Sao_Paulo' };
  await insertWorkspace(ctx.tx, { id: workspaceId, name, ...place });
  const made = await createUserWithMembership(ctx.tx, {
    ...{ workspaceId, email, passwordHash, role: 'administrator' },
    // Until the person writes their own.
    name: email.split('@', 1)[0] ?? email,
  });
  await audit(ctx, {
    action: 'accounts.workspace-created',
    subject: { kind: 'member', id: made.memberId },
  });
  return made.keepsPassword ? null : makeLink(ctx, baseUrl, 'installation', made);
};
