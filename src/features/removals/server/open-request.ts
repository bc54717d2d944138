import { requireCan } from '#features/accounts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { AskerWords } from './request-store.ts';
import { type Taken, takeMessages } from './take-messages.ts';

export interface AskInput extends AskerWords {
  readonly messageIds: readonly string[];
}

/**
 * Asks for messages of one conversation to be taken out. They and their copies are withheld from everybody from this
 * commit on. There is one open request a message: whoever asks later joins it, whoever asks again says it anew.
 * @throws AppError forbidden, message-not-found, message-not-removable, too-many-removal-requests
 */
export const openRequest = async (ctx: Ctx, { messageIds, ...words }: AskInput): Promise<Taken> => {
  requireCan(ctx.actor, 'removal.ask');
  return takeMessages(ctx, { messageIds, words, isAtSight: false });
};

/**
 * Guarita itself suggests that messages go, because what they hold was removed before: they are covered, and a person
 * decides. For the system alone.
 * @throws AppError message-not-found, message-not-removable
 */
export const suggestRemoval = async (
  ctx: Ctx,
  { messageIds, reason }: Omit<AskInput, 'note'>,
): Promise<Taken> => {
  if (ctx.actor.kind !== 'system') {
    throw new Error('only the system suggests; people ask');
  }
  return takeMessages(ctx, { messageIds, words: { reason, note: null }, isAtSight: false });
};
