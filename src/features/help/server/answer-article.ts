import { requireCan, requirePerson } from '#features/accounts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { AnswerHelp } from '../contract.ts';
import { putAnswer } from './answer-store.ts';

/**
 * Says whether an article was useful. Each person has one answer about each: another replaces it, words included, so that
 * nobody fills the list of the administration, however often they press.
 * @throws AppError forbidden
 */
export const answerArticle = async (ctx: Ctx, answer: AnswerHelp): Promise<void> => {
  requireCan(ctx.actor, 'help-answer.give');
  await putAnswer(ctx.tx, ctx.actor.workspaceId, requirePerson(ctx.actor), answer);
};
