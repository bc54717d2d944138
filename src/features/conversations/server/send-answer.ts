import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type { Message } from '../contract.ts';
import { findMessages } from './message-queries.ts';
import type { SendAnswer } from './send-message.ts';
import { throwRefusal } from './throw-refusal.ts';

interface Sent {
  readonly answer: SendAnswer;
  /** Undefined for a refusal. */
  readonly message: Message | undefined;
}

/** What the request is answered with: read before the commit, as a quick worker has it on its way right after. */
export const withMessage = async (ctx: Ctx, answer: SendAnswer): Promise<Sent> => {
  const found =
    answer.kind === 'queued'
      ? await findMessages(ctx.tx, ctx.actor.workspaceId, [answer.messageId], ctx.actor)
      : [];
  return { answer, message: found[0] };
};

/** @throws AppError contact-blocked, window-closed */
export const acceptedOf = ({ answer, message }: Sent): Message => {
  throwRefusal(answer);
  if (message === undefined) {
    throw notFound('message');
  }
  return message;
};
