import { api } from '#platform/web/http.ts';
import type { Conversation } from '../../contract.ts';
import type { Board } from './board.ts';
import { type DesktopNotification, notificationOf, type Wording } from './notification-of.ts';

let isOn = false;
let words: Wording | null = null;
let opening: Promise<Board> | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** Fetched by those who have notifications on; asked for again after a failure. */
const openBoard = async (): Promise<Board> => {
  opening ??= import('./desktop.ts').then((file) => file.openBoard());
  try {
    return await opening;
  } catch (error) {
    opening = undefined;
    throw error;
  }
};

/** One deed after the other, so that nothing is shown after it was taken back. */
function inTurn(deed: (board: Board) => Promise<void>): void {
  if (!isOn) return;
  // A browser that refuses shows nothing, and the list and the tone still tell of it.
  turn = turn.then(async () => deed(await openBoard())).catch(() => undefined);
}

const notificationNow = (conversation: Conversation): DesktopNotification | null =>
  words && notificationOf(conversation, words);

/** Whether they are wanted at this browser; until that is known nothing is shown. */
export const switchNotifications = (next: boolean): void => {
  isOn = next;
};

/** How notifications are worded; null while nobody is signed in: none is shown or stays. */
export const wordNotifications = (next: Wording | null): void => {
  words = next;
};

/** Shows that a message has arrived, which `hearArrival` has found to be news. */
export function showArrival(conversation: Conversation): void {
  const notification = notificationNow(conversation);
  if (notification) inTurn((board) => board.show(notification));
}

/** Takes back what is not so any more of conversations that have changed. */
export function keepNotificationsTrue(conversations: readonly Conversation[]): void {
  if (!isOn || conversations.length === 0) return;
  const now = conversations.map((each) => [each.id, notificationNow(each)] as const);
  inTurn(async (board) => {
    for (const [id, notification] of now) await board.keepTrue(id, notification);
  });
}

/** Takes back what these messages said. */
export const takeBackNotifications = (messageIds: ReadonlySet<string>): void =>
  inTurn((board) => board.takeBack(messageIds));

export const closeNotificationsOf = (contactIds: ReadonlySet<string>): void =>
  inTurn((board) => board.closeOf(contactIds));

export const closeAllNotifications = (): void => inTurn((board) => board.closeAll());

async function askAgain(notification: DesktopNotification): Promise<void> {
  const path = `/api/v1/conversations/${notification.conversationId}`;
  const now = await api.get<Conversation>(path).then(notificationNow, () => null);
  inTurn((board) => board.correct(notification, now));
}

/**
 * After a gap in listening, the one before the page was loaded too: asks the server about all that stands. What it does not
 * answer for goes.
 */
export const recheckNotifications = (): void =>
  inTurn(async (board) => {
    // Not waited for: what is told meanwhile has its turn.
    for (const notification of board.standing()) void askAgain(notification);
  });
