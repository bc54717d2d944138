import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { Role } from '#platform/shared/role.ts';
import type { CreatedMember } from '../contract.ts';
import { createUserWithMembership } from './create-user-with-membership.ts';
import { requireCan, requirePerson } from './require-can.ts';

export interface CreateMember {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly passwordHash: string;
}

/**
 * Adds a person to the actor's workspace. For people only: a key that leaked must not leave access behind.
 * @throws AppError email-taken (409)
 */
export const createMember = async (ctx: Ctx, input: CreateMember): Promise<CreatedMember> => {
  requireCan(ctx.actor, 'member.manage');
  requirePerson(ctx.actor);
  const { workspaceId } = ctx.actor;
  const made = await createUserWithMembership(ctx.tx, { workspaceId, ...input });
  ctx.notices.add(workspaceId, 'member', made.memberId);
  await audit(ctx, {
    action: 'accounts.member-created',
    subject: { kind: 'member', id: made.memberId },
    details: { role: input.role },
  });
  return {
    id: made.memberId,
    name: input.name,
    email: made.email,
    role: input.role,
    createdAt: made.createdAt.toISOString(),
    keepsPassword: made.keepsPassword,
  };
};
