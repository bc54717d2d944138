import type { MessageStatus } from '../contract.ts';

const rank: Readonly<Record<MessageStatus, number>> = {
  received: 0,
  queued: 1,
  sending: 2,
  unknown: 3,
  failed: 4,
  sent: 5,
  delivered: 6,
  read: 7,
  played: 8,
};

export interface StatusChange {
  readonly status: MessageStatus;
  readonly errorCode: string | null;
}

/**
 * Pure. Statuses come in any order and more than once; they move forward only. A failure stands unless the message is
 * known to have arrived, and a message that arrived is no failure.
 */
export const nextStatus = (now: StatusChange, told: StatusChange): StatusChange => {
  if (told.status === 'failed') {
    return rank[now.status] >= rank.delivered || now.status === 'failed' ? now : told;
  }
  // A failure reported after the fact outlives a late `sent`, not a `delivered`.
  const beats = now.status === 'failed' ? rank.delivered : rank[now.status] + 1;
  return rank[told.status] >= beats ? told : now;
};
