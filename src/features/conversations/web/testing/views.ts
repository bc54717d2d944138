import type { Conversation, Message } from '../../contract.ts';

/** A conversation as the server answers it; a test names only what matters to it. */
export const aConversation = (change: Partial<Conversation> = {}): Conversation => ({
  id: 'c-1',
  contactId: 'p-1',
  contactName: 'Ana',
  contactPhone: '+5511912345678',
  isBlocked: false,
  isBlockRequested: false,
  channel: { id: 'ch-1', name: 'Suporte', displayNumber: '5511900000000' },
  status: 'open',
  assignee: null,
  unreadCount: 0,
  lastMessage: null,
  lastReaction: null,
  lastActivityAt: '2026-03-01T12:00:00.000Z',
  waitingSince: null,
  windowClosesAt: null,
  ...change,
});

export const aMessage = (change: Partial<Message> = {}): Message => ({
  id: 'm-1',
  conversationId: 'c-1',
  direction: 'in',
  type: 'text',
  text: 'Oi',
  status: 'received',
  at: '2026-03-01T12:00:00.000Z',
  author: null,
  replyTo: null,
  isForwarded: false,
  isFrequentlyForwarded: false,
  forwardedFrom: null,
  editedAt: null,
  revokedAt: null,
  reactions: [],
  activity: null,
  summary: null,
  media: null,
  content: null,
  referral: null,
  linkCard: null,
  template: null,
  withheld: null,
  removalNumber: null,
  ...change,
});

/** A moment of one day, by its minute. */
export const atMinute = (minute: number): string =>
  new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString();
