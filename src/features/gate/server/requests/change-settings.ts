import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { setAnswerHours } from './request-store.ts';

/** For requests from now on, and for the next time that the waiting ones are brought up. */
export const changeRequestSettings = async (ctx: Ctx, answerWithinHours: number): Promise<void> => {
  requireCan(ctx.actor, 'settings.manage');
  const { workspaceId } = ctx.actor;
  await setAnswerHours(ctx.tx, workspaceId, answerWithinHours);
  await audit(ctx, {
    action: 'gate.block-request-settings-changed',
    subject: { kind: 'workspace', id: workspaceId },
    details: { answerWithinHours },
  });
};
