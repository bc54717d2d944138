import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { MediaCoverSettings } from '../../covers/contract.ts';
import { putCoverChoice, putCoverSettings } from './cover-store.ts';

/** For what arrives from now on: what is covered stays so until somebody asks for it. */
export const changeCoverSettings = async (
  ctx: Ctx,
  settings: MediaCoverSettings,
): Promise<void> => {
  requireCan(ctx.actor, 'settings.manage');
  const { workspaceId } = ctx.actor;
  await putCoverSettings(ctx.tx, workspaceId, settings);
  await audit(ctx, {
    action: 'media.cover-settings-changed',
    subject: { kind: 'workspace', id: workspaceId },
    details: {
      coveredFrom: settings.coveredFrom,
      kinds: [...new Set(settings.kinds)].sort().join(', '),
      placeholder: settings.placeholder,
    },
  });
};

/** Somebody has everything covered that comes in, or goes back to what the workspace wants; it is nobody else's business. */
export const chooseCovers = async (ctx: Ctx, coversAll: boolean): Promise<void> => {
  const { workspaceId, id } = ctx.actor;
  if (id !== null && (await putCoverChoice(ctx.tx, ctx.actor, coversAll))) {
    // Their screens are let go, and come back to what they may be told.
    ctx.notices.add(workspaceId, 'member', id);
  }
};
