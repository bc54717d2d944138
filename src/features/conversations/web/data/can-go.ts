import type { Message } from '../../contract.ts';

/** They say nothing of their own. */
const empty = new Set<Message['type']>(['activity', 'reaction', 'call', 'number-change']);

/** Whether there is anything in it that could be taken out of the history. */
export const canGo = (message: Message): boolean =>
  message.withheld === null && message.revokedAt === null && !empty.has(message.type);
