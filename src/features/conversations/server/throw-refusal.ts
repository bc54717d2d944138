import { AppError } from '#platform/server/errors.ts';
import type { SendAnswer } from './send-message.ts';

/**
 * What the edge makes of a refusal, after its failed attempt is committed.
 * @returns the id of what was accepted
 * @throws AppError contact-blocked, window-closed
 */
export const throwRefusal = (answer: SendAnswer): string => {
  if (answer.kind === 'refused') {
    throw new AppError(answer.code, 409, { messageId: answer.messageId });
  }
  if (answer.kind === 'window-closed') {
    throw new AppError('window-closed', 422);
  }
  return answer.messageId;
};
