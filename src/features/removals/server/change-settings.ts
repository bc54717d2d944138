import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { RemovalSettings } from '../contract.ts';
import { putSettings } from './setting-store.ts';

/** The time is for requests from now on; whether two must decide, for all that wait. */
export const changeRemovalSettings = async (ctx: Ctx, settings: RemovalSettings): Promise<void> => {
  requireCan(ctx.actor, 'settings.manage');
  const { workspaceId } = ctx.actor;
  await putSettings(ctx.tx, workspaceId, settings);
  await audit(ctx, {
    action: 'removals.settings-changed',
    subject: { kind: 'workspace', id: workspaceId },
    details: {
      decideWithinHours: settings.decideWithinHours,
      twoPersonReasons: [...new Set(settings.twoPersonReasons)].sort().join(', '),
    },
  });
};
