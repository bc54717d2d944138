import type { Actor, Ctx } from '#platform/server/deps.ts';
import { roleSchema } from '#platform/shared/role.ts';
import type { Membership } from './identity-store.ts';

export const memberActor = (membership: Membership): Actor => ({
  kind: 'member',
  id: membership.memberId,
  workspaceId: membership.workspaceId,
  role: roleSchema.parse(membership.role),
});

/** Tells every workspace of a person that what they may see is to be looked at again. */
export const announceMemberships = (ctx: Ctx, memberships: readonly Membership[]): void => {
  for (const { workspaceId, memberId } of memberships) {
    ctx.notices.add(workspaceId, 'member', memberId);
  }
};

/** Tells the screens of the workspace that its keys are others now. It names nobody, so that nobody's access is looked at. */
export const announceKeys = ({ notices, actor }: Ctx): void =>
  notices.add(actor.workspaceId, 'member', actor.workspaceId);
