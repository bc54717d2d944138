import type { Message } from '../../contract.ts';
import { bubbleKey } from '../data/bubble-keys.ts';
import type { Outgoing } from '../data/outgoing.ts';
import { ownMessage } from '../data/own-message.ts';
import { quoteOf } from '../data/quote-of.ts';

/** One line of the thread as it is drawn. */
export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'activity'; key: string; message: Message }
  | {
      kind: 'message';
      key: string;
      message: Message;
      /** Follows a message of the same sender: joined to it, two pixels below. */
      isJoined: boolean;
      /** Not yet confirmed by the server. */
      isPending: boolean;
      isWaiting: boolean;
      /** Came back unsent, and waits for the person. */
      refused: Outgoing | null;
    };

const joinWithin = 5 * 60_000;

const sameSender = (one: Message | undefined, other: Message): boolean =>
  one !== undefined &&
  one.type !== 'activity' &&
  one.direction === other.direction &&
  (one.author?.kind ?? null) === (other.author?.kind ?? null) &&
  (one.author?.name ?? null) === (other.author?.name ?? null) &&
  Date.parse(other.at) - Date.parse(one.at) < joinWithin;

/** What is on its way quotes a message as it is now. */
const quotedBy = ({ replyTo }: Outgoing, messages: readonly Message[]): Message['replyTo'] => {
  const quoted = replyTo?.id && messages.find(({ id }) => id === replyTo.id);
  return quoted ? quoteOf(quoted) : replyTo;
};

const asMessage = (item: Outgoing, { myName, messages }: Ingredients): Message =>
  ownMessage(item, {
    replyTo: quotedBy(item, messages),
    author: { kind: 'member', name: myName },
    ...(item.refusal !== null && { status: 'failed' }),
  });

/** What came back unsent long ago stands below newer messages, and begins no day there. */
const startsDay = (
  before: Message | undefined,
  message: Message,
  dayKey: (at: string) => string,
): boolean => !before || (dayKey(before.at) !== dayKey(message.at) && message.at > before.at);

/** A reaction of ours is seen at its message; a line of its own it has only while something is wrong with it. */
const isLine = ({ type, status }: Message): boolean =>
  type !== 'reaction' || status === 'failed' || status === 'unknown';

interface Ingredients {
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  /** The line *Novas mensagens* goes above this one. */
  firstUnreadId: string | null;
  myName: string;
  dayKey: (at: string) => string;
}

/** Messages, what is still on its way, days and the unread line, in reading order. Pure. */
export function threadRows(from: Ingredients): ThreadRow[] {
  const known = new Set(from.messages.map((message) => message.id));
  const pending = from.outgoing.filter((item) => !item.messageId || !known.has(item.messageId));
  const pendingById = new Map(pending.map((item) => [item.key, item]));
  const all = [...from.messages.filter(isLine), ...pending.map((item) => asMessage(item, from))];
  const rows: ThreadRow[] = [];
  let before: Message | undefined;
  for (const message of all) {
    const item = pendingById.get(message.id);
    const isNewDay = startsDay(before, message, from.dayKey);
    const isUnreadHere = message.id === from.firstUnreadId;
    // Keyed by the day and its first message: two days of one name (clocks that disagree) stay two rows.
    if (isNewDay)
      rows.push({
        kind: 'day',
        key: `day-${from.dayKey(message.at)}-${message.id}`,
        at: message.at,
      });
    if (isUnreadHere) rows.push({ kind: 'unread', key: 'unread' });
    if (message.type === 'activity') {
      rows.push({ kind: 'activity', key: message.id, message });
    } else {
      rows.push({
        kind: 'message',
        key: bubbleKey(message.id),
        message,
        isJoined: !isNewDay && !isUnreadHere && sameSender(before, message),
        isPending: item !== undefined,
        isWaiting: item?.isWaiting ?? false,
        refused: item?.refusal ? item : null,
      });
    }
    before = message;
  }
  return rows;
}

/** Where the unread line stands: above the oldest of the last `unreadCount` messages of the person. */
export function firstUnread(messages: readonly Message[], unreadCount: number): string | null {
  if (unreadCount < 1) return null;
  let left = unreadCount;
  let found: string | null = null;
  for (const message of messages.toReversed()) {
    if (message.direction !== 'in') continue;
    found = message.id;
    left -= 1;
    if (left === 0) break;
  }
  return found;
}
