import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { roleSchema } from '#platform/shared/role.ts';
import { deleteResets, deleteSessions, hasMembership, lockUser } from './identity-store.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import { releaseAssignmentsJob } from './release-assignments-job.ts';
import { requireCan } from './require-can.ts';
import { revokeKeysOf } from './revoke-keys-of.ts';
import { findActiveMember, lockWorkspace, markRemoved } from './store.ts';

/**
 * Takes a person out of the workspace; the next request of theirs finds no place any more. Keys that the person made go
 * too.
 */
export const removeMember = async (ctx: Ctx, id: string): Promise<void> => {
  requireCan(ctx.actor, 'member.manage');
  const { workspaceId } = ctx.actor;
  await lockWorkspace(ctx.tx, workspaceId);
  const member = await findActiveMember(ctx.tx, workspaceId, id);
  if (member === undefined) {
    throw notFound('member');
  }
  const role = roleSchema.parse(member.role);
  await keepAnAdministrator(ctx, role);
  await lockUser(ctx.tx, member.userId);
  await markRemoved(ctx.tx, workspaceId, id);
  if (!(await hasMembership(ctx.tx, member.userId))) {
    await deleteSessions(ctx.tx, member.userId);
    await deleteResets(ctx.tx, member.userId);
  }
  await enqueue(ctx.tx, releaseAssignmentsJob, { workspaceId, memberId: id });
  ctx.notices.add(workspaceId, 'member', id);
  await audit(ctx, {
    action: 'accounts.member-removed',
    subject: { kind: 'member', id },
    details: { role },
  });
  await revokeKeysOf(ctx, id, null);
};
