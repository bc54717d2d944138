import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { together } from '#platform/server/together.ts';

/** The audit log and whoever listens hear of a message that the gate refused (G7), and nothing of what it said. */
export const tellRefusal = async (
  ctx: Ctx,
  { contactId, conversationId }: { readonly contactId: string; readonly conversationId: string },
  messageId: string,
  { code, stage }: { readonly code: string; readonly stage: 'accept' | 'dispatch' },
): Promise<void> => {
  const maskedNumber = await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId);
  const data = { messageId, conversationId, code, stage };
  await together([
    audit(ctx, {
      action: 'conversations.send-refused',
      subject: { kind: 'contact', id: contactId },
      maskedNumber,
      details: { messageId, code, at: stage },
    }),
    publish(ctx, { type: 'message.refused', data }, { contactId, maskedNumber }),
  ]);
};
