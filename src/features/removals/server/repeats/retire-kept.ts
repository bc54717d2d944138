import { lockMatch, retirePrint, retirePrintsOf } from '#features/media/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { StoredRequest } from '../request-store.ts';

type Named = Pick<StoredRequest, 'id' | 'number'>;

export const recordRetired = (ctx: Ctx, { id, number }: Named, messageId: string): Promise<void> =>
  audit(ctx, {
    action: 'removals.print-retired',
    subject: { kind: 'message', id: messageId },
    details: { requestId: id, number },
  });

/**
 * Messages that a fingerprint had covered are kept: the team has looked, so what covered them covers the same file no more, by
 * its bytes or its looks, as if somebody had said that it is not the same.
 */
export const retireKept = async (
  ctx: Ctx,
  request: Named,
  messageIds: readonly string[],
): Promise<void> => {
  for (const messageId of [...messageIds].sort()) {
    const match = await lockMatch(ctx.tx, ctx.actor.workspaceId, messageId);
    if (match?.requestId === request.id && !match.isRetired) {
      await retirePrint(ctx, match.print.id);
      await retirePrintsOf(ctx, messageId);
      await recordRetired(ctx, request, messageId);
    }
  }
};
