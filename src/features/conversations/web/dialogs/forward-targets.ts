import { lastTold } from '../data/last-told.ts';

/** A row of the forward dialog: a conversation, or a blocked contact that cannot be chosen. */
export interface ForwardTarget {
  /** Null for a blocked contact: it is shown so that nobody searches for it in vain. */
  conversationId: string | null;
  contactId: string;
  name: string;
  phone: string | null;
  channelName: string | null;
  isBlocked: boolean;
}

/** A person may have a conversation on each number of the company. */
export const targetKey = ({ conversationId, contactId }: ForwardTarget): string =>
  conversationId ?? contactId;

/** A chosen one that was blocked since, as far as this screen has been told. */
const isBlockedSince = (target: ForwardTarget, blockedIds: ReadonlySet<string>): boolean =>
  blockedIds.has(target.contactId) ||
  Boolean(target.conversationId && lastTold(target.conversationId)?.isBlocked);

/**
 * Who of the chosen can receive the message, and how many blocked ones are worth a word: those that were chosen, and
 * those that somebody is looking for by name. Others that the list happens to show are no news.
 */
export function judgeTargets(
  chosen: readonly ForwardTarget[],
  listed: readonly ForwardTarget[],
  isSearching: boolean,
): { sendable: ForwardTarget[]; blockedCount: number } {
  const listedBlocked = listed.filter((each) => each.isBlocked).map((each) => each.contactId);
  const blockedIds = new Set(listedBlocked);
  const sendable = chosen.filter((each) => !isBlockedSince(each, blockedIds));
  const refused = chosen.filter((each) => !sendable.includes(each)).map((each) => each.contactId);
  const blockedCount = new Set([...refused, ...(isSearching ? listedBlocked : [])]).size;
  return { sendable, blockedCount };
}
