import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem, api, isProblem, isRefused } from '#platform/web/http.ts';
import { randomId } from '#platform/web/random-id.ts';
import type { Message } from '../../contract.ts';
import { applyMessage } from './apply-changes.ts';
import { nameBubble } from './bubble-keys.ts';
import { holdFor, release } from './held-messages.ts';
import {
  addOutgoing,
  getOutgoing,
  type Outgoing,
  removeOutgoing,
  updateOutgoing,
} from './outgoing.ts';
import { failedMessage } from './own-message.ts';
import { queryKeys } from './query-keys.ts';

/** The server forgets its keys after a day: later than this a message no longer leaves by itself. */
const tooLateAfter = 12 * 3_600_000;
const firstPause = 2500;
const longestPause = 30_000;

const busy = new Set<string>();
const sleepers = new Set<() => void>();

/** The connection is back: whoever waits tries at once. */
export function wakeOutgoing(): void {
  for (const wake of [...sleepers]) wake();
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    sleepers.add(wake);
  });

function settle(client: QueryClient, item: Outgoing, message: Message): void {
  nameBubble(message.id, item.key, item.conversationId);
  updateOutgoing(item.key, { messageId: message.id });
  applyMessage(client, message);
  removeOutgoing(item.key);
}

function refuse(client: QueryClient, item: Outgoing, error: ApiProblem): void {
  const { messageId } = error.problem;
  if (!messageId) {
    updateOutgoing(item.key, { isWaiting: false, refusal: error.code });
    return;
  }
  settle(client, item, failedMessage(item, messageId, error.code));
  void client.invalidateQueries({ queryKey: queryKeys.one(item.conversationId) });
}

const post = (item: Outgoing): Promise<Message> =>
  api.post<Message>(
    `/api/v1/conversations/${item.conversationId}/messages`,
    { type: 'text', text: item.text, ...(item.replyTo?.id && { replyTo: item.replyTo.id }) },
    { headers: { 'idempotency-key': item.key } },
  );

/** How long to wait before the same is asked again, when its end is not known. */
type End = { isKnown: true } | { isKnown: false; wait: number };

async function attempt(client: QueryClient, item: Outgoing): Promise<End> {
  try {
    settle(client, item, await post(item));
    return { isKnown: true };
  } catch (error) {
    if (error instanceof ApiProblem && isRefused(error)) {
      refuse(client, item, error);
      return { isKnown: true };
    }
    // The session is over: it leaves after the person has entered again.
    if (isProblem(error, 'unauthenticated')) throw error;
    updateOutgoing(item.key, { isWaiting: true });
    const seconds = error instanceof ApiProblem ? error.retryAfterSeconds : undefined;
    return { isKnown: false, wait: (seconds ?? 0) * 1000 };
  }
}

const nextOf = (conversationId: string): Outgoing | undefined =>
  getOutgoing().find((item) => item.conversationId === conversationId && item.refusal === null);

/** Repeats one under the same key until its end is known. */
async function sendOne(client: QueryClient, item: Outgoing): Promise<void> {
  if (Date.now() - Date.parse(item.at) > tooLateAfter) {
    updateOutgoing(item.key, { isWaiting: false, refusal: 'too-late' });
    return;
  }
  holdFor(item.conversationId, item.text);
  try {
    let end = await attempt(client, item);
    for (let rest = firstPause; !end.isKnown; rest = Math.min(rest * 2, longestPause)) {
      await pause(Math.max(end.wait, rest));
      end = await attempt(client, item);
    }
  } finally {
    for (const message of release(item.conversationId)) applyMessage(client, message);
  }
}

/** One after the other: the next leaves only when the end of the one before is known, so that the order holds. */
async function sendAll(client: QueryClient, conversationId: string): Promise<void> {
  if (busy.has(conversationId)) return;
  busy.add(conversationId);
  try {
    for (let item = nextOf(conversationId); item; item = nextOf(conversationId)) {
      await sendOne(client, item);
    }
  } catch (error) {
    if (!isProblem(error, 'unauthenticated')) throw error;
  } finally {
    busy.delete(conversationId);
  }
}

/** Goes on with what a reload, or another person at this browser, has interrupted. */
export function resumeOutgoing(client: QueryClient): void {
  wakeOutgoing();
  for (const id of new Set(getOutgoing().map((item) => item.conversationId))) {
    void sendAll(client, id);
  }
}

/** Shows the bubble at once and sends it; nothing is lost while the connection is. */
export function sendText(
  client: QueryClient,
  draft: { conversationId: string; text: string; replyTo: Message | null },
): void {
  const { conversationId, text, replyTo } = draft;
  addOutgoing({
    key: randomId(),
    conversationId,
    text,
    replyTo: replyTo && {
      id: replyTo.id,
      direction: replyTo.direction,
      type: replyTo.type,
      text: replyTo.text,
    },
    at: new Date().toISOString(),
    messageId: null,
    isWaiting: false,
    refusal: null,
  });
  void sendAll(client, conversationId);
}

/** Resolves when nothing that can leave waits to leave, or after this long. */
export async function outgoingAtRest(milliseconds: number): Promise<void> {
  const until = Date.now() + milliseconds;
  while (busy.size > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
