import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';

/** A conversation with messages that a block stopped and that nobody has sent again or discarded. */
export const stoppedConversationSchema = z
  .object({
    contactId: idSchema,
    conversationId: idSchema,
    channelName: z.string(),
    count: z.number().int(),
  })
  .meta({ id: 'StoppedConversation' });
export type StoppedConversation = z.infer<typeof stoppedConversationSchema>;
