import type { Message } from '../../contract.ts';
import type { Outgoing } from './outgoing.ts';

/** A message of ours as it looks before the server has told of it. */
export const ownMessage = (item: Outgoing, change: Partial<Message>): Message => ({
  id: item.key,
  conversationId: item.conversationId,
  direction: 'out',
  type: 'text',
  text: item.text,
  status: 'queued',
  at: item.at,
  author: null,
  replyTo: item.replyTo,
  isForwarded: false,
  isFrequentlyForwarded: false,
  forwardedFrom: null,
  editedAt: null,
  revokedAt: null,
  reactions: [],
  activity: null,
  summary: null,
  media: null,
  template: null,
  ...change,
});

/** A refused attempt stays in the history (G2): the bubble is kept as what the server has stored. */
export const failedMessage = (item: Outgoing, id: string, code: string): Message =>
  ownMessage(item, { id, status: 'failed', error: { code } });
