import type { Message } from '../../contract.ts';

/** They say nothing of their own. */
const empty = new Set<Message['type']>(['activity', 'reaction', 'call', 'number-change']);

/**
 * Whether its removal can be asked for. Also of what is covered: whoever met it elsewhere stands beside those who asked, with a
 * reason of their own, and is told how it ends.
 */
export const canBeAskedFor = (message: Message): boolean =>
  message.withheld === 'covered' || canGo(message);

/** Whether there is anything in it that could be taken out of the history. */
export const canGo = (message: Message): boolean =>
  message.withheld === null && message.revokedAt === null && !empty.has(message.type);
