import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { type Role, roleSchema } from '#platform/shared/role.ts';
import type { UpdatedMember } from '../contract.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import { requireCan, requirePerson } from './require-can.ts';
import { revokeKeysOf } from './revoke-keys-of.ts';
import { changeMember, findActiveMember, lockWorkspace } from './store.ts';

export interface UpdateMember {
  readonly id: string;
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
}

const changeRole = async (ctx: Ctx, id: string, before: Role, role: Role): Promise<number> => {
  await audit(ctx, {
    action: 'accounts.member-role-changed',
    subject: { kind: 'member', id },
    details: { from: before, to: role },
  });
  return revokeKeysOf(ctx, id, role);
};

/**
 * Changes a person's name or role; sockets of the person are told to look again. Keys that the person made end when
 * they can do more than the new role. For people only, as `createMember`.
 */
export const updateMember = async (ctx: Ctx, input: UpdateMember): Promise<UpdatedMember> => {
  requireCan(ctx.actor, 'member.manage');
  requirePerson(ctx.actor);
  const { workspaceId } = ctx.actor;
  await lockWorkspace(ctx.tx, workspaceId);
  const member = await findActiveMember(ctx.tx, workspaceId, input.id);
  if (member === undefined) {
    throw notFound('member');
  }
  const before = roleSchema.parse(member.role);
  const role = input.role ?? before;
  if (role !== 'administrator') {
    await keepAnAdministrator(ctx, before);
  }
  await changeMember(ctx.tx, workspaceId, input.id, { name: input.name, role });
  ctx.notices.add(workspaceId, 'member', input.id);
  const revokedKeys = role === before ? 0 : await changeRole(ctx, input.id, before, role);
  if (input.name !== undefined && input.name !== member.name) {
    await audit(ctx, {
      action: 'accounts.member-renamed',
      subject: { kind: 'member', id: input.id },
    });
  }
  return {
    id: member.id,
    name: input.name ?? member.name,
    email: member.email,
    role,
    createdAt: member.createdAt.toISOString(),
    revokedKeys,
  };
};
