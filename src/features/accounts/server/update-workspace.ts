import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { requireCan } from './require-can.ts';
import { changeWorkspace, type WorkspaceChange } from './store.ts';

/** Name, time zone and language of the actor's workspace. */
export const updateWorkspace = async (ctx: Ctx, change: WorkspaceChange): Promise<void> => {
  requireCan(ctx.actor, 'settings.manage');
  const { workspaceId } = ctx.actor;
  await changeWorkspace(ctx.tx, workspaceId, change);
  // No member's id: the screens read again who they are for, and nobody's access is looked at.
  ctx.notices.add(workspaceId, 'member', workspaceId);
  await audit(ctx, {
    action: 'accounts.workspace-changed',
    subject: { kind: 'workspace', id: workspaceId },
    details: { timeZone: change.timeZone ?? null, locale: change.locale ?? null },
  });
};
