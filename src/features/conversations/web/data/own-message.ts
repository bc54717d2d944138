import type { Message } from '../../contract.ts';
import type { Outgoing, OutgoingFile } from './outgoing.ts';

/** As the server will tell of it; its picture is drawn from this computer until then. */
const mediaOf = ({ kind: _kind, uploadId: _id, ...facts }: OutgoingFile): Message['media'] => ({
  ...facts,
  state: 'ready',
  reason: null,
  hasThumbnail: false,
  isAnimated: false,
  isCovered: false,
  isWithheld: false,
  hasPlaceholder: false,
});

/** A message of ours as it looks before the server has told of it. */
export const ownMessage = (item: Outgoing, change: Partial<Message>): Message => ({
  id: item.key,
  conversationId: item.conversationId,
  direction: 'out',
  type: item.file?.kind ?? 'text',
  text: item.file && item.text === '' ? null : item.text,
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
  content: null,
  referral: null,
  linkCard: null,
  media: item.file ? mediaOf(item.file) : null,
  template: null,
  withheld: null,
  removalNumber: null,
  ...change,
});

/** A refused attempt stays in the history (G2): the bubble is kept as what the server has stored. */
export const failedMessage = (item: Outgoing, id: string, code: string): Message =>
  ownMessage(item, { id, status: 'failed', error: { code } });
