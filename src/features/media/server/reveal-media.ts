import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { insertReveal, isMediaCovered } from './reveal-store.ts';

/**
 * Somebody asks to see a covered file: from now on it is given to them, and to nobody else. Asking again is nothing new.
 * @throws AppError media-not-found
 */
export const revealMedia = async (ctx: Ctx, messageId: string): Promise<void> => {
  const isCovered = await isMediaCovered(ctx.tx, ctx.actor.workspaceId, messageId);
  if (isCovered === undefined) {
    throw notFound('media');
  }
  if (isCovered && (await insertReveal(ctx.tx, ctx.actor, messageId))) {
    await audit(ctx, { action: 'media.revealed', subject: { kind: 'message', id: messageId } });
  }
};
