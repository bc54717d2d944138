import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { clearMissing } from './answer-store.ts';

/**
 * Takes the words of an answer away, once they are dealt with or where they name somebody. The answer stays counted.
 * @throws AppError forbidden, help-answer-not-found
 */
export const clearAnswer = async (ctx: Ctx, id: string): Promise<void> => {
  requireCan(ctx.actor, 'help-answer.read');
  const article = await clearMissing(ctx.tx, ctx.actor.workspaceId, id);
  if (article === undefined) throw notFound('help-answer');
  await audit(ctx, { action: 'help.words-removed', details: { article } });
};
