import type { Ctx } from '#platform/server/deps.ts';
import { type BlockWish, type Decided, requireDecider } from '../decide-request.ts';
import { requireRoomToAsk } from '../take-messages.ts';
import { type AskNameInput, takeName } from './ask-name.ts';
import { decideName } from './decide-name.ts';
import { isNameOpen } from './name-store.ts';

/**
 * Takes out what a contact is called, as `removeAtSight` does with messages: opens a request and decides it at once, or decides
 * the one that somebody opened. Where two people must say so this is the first word.
 * @throws AppError forbidden, contact-not-found, name-not-removable, second-person-needed, block-end-in-the-past,
 *   too-many-removal-requests: too much that they met waits for the second
 */
export const removeNameAtSight = async (
  ctx: Ctx,
  { block, ...met }: AskNameInput & { readonly block?: BlockWish | undefined },
): Promise<Decided> => {
  requireDecider(ctx, block);
  const requestId = await takeName(ctx, { ...met, isAtSight: true });
  const decided = await decideName(ctx, requestId, { decision: 'remove', answer: null, block });
  if (await isNameOpen(ctx.tx, ctx.actor.workspaceId, requestId)) {
    await requireRoomToAsk(ctx);
  }
  return decided;
};
