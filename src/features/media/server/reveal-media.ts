import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findCover, insertReveal } from './reveal-store.ts';

/**
 * Somebody asks to see a covered file: from now on it is given to them, and to nobody else. Asking again is nothing new.
 * @throws AppError media-not-found, media-withheld
 */
export const revealMedia = async (ctx: Ctx, messageId: string): Promise<void> => {
  const cover = await findCover(ctx.tx, ctx.actor, messageId);
  if (cover === undefined) {
    throw notFound('media');
  }
  if (cover.withheld === 'media-withheld') {
    throw new AppError('media-withheld', 403);
  }
  if (cover.isCovered && (await insertReveal(ctx.tx, ctx.actor, messageId))) {
    await audit(ctx, { action: 'media.revealed', subject: { kind: 'message', id: messageId } });
  }
};
