import type { QueryClient } from '@tanstack/react-query';
import type { MediaKind, Upload } from '#features/media/contract.ts';
import { ApiProblem, api, isProblem, isRefused } from '#platform/web/http.ts';
import { randomId } from '#platform/web/random-id.ts';
import { serverNow } from '#platform/web/server-clock.ts';
import type { Message } from '../../contract.ts';
import { applyMessage } from './apply-changes.ts';
import { nameBubble } from './bubble-keys.ts';
import { holdFor, release } from './held-messages.ts';
import { keepLocalFile, localFile } from './local-files.ts';
import {
  addOutgoing,
  getOutgoing,
  isOutgoing,
  type Outgoing,
  type OutgoingFile,
  removeOutgoing,
  updateOutgoing,
} from './outgoing.ts';
import { failedMessage } from './own-message.ts';
import { queryKeys } from './query-keys.ts';
import { quoteOf } from './quote-of.ts';
import { endUpload, expectUpload, putFile, restUpload } from './uploads.ts';

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

const bodyOf = ({ text, file, replyTo }: Outgoing) => ({
  ...(file ? { type: file.kind, uploadId: file.uploadId } : { type: 'text', text }),
  ...(file && text !== '' && { caption: text }),
  ...(replyTo?.id && { replyTo: replyTo.id }),
});

const post = (item: Outgoing): Promise<Message> =>
  api.post<Message>(`/api/v1/conversations/${item.conversationId}/messages`, bodyOf(item), {
    headers: { 'idempotency-key': item.key },
  });

const sounds: readonly MediaKind[] = ['audio', 'voice'];

/**
 * A sound may lie in a box for films, and only its bytes tell: it goes as what WhatsApp takes it as, unless a caption would be
 * lost. What else is not what its name says is refused, and never goes as something that nobody chose.
 */
const kindOf = ({ file, text }: Outgoing, { kind }: Upload): MediaKind => {
  const chosen = file?.kind ?? kind;
  return chosen === 'video' && sounds.includes(kind) && text === '' ? kind : chosen;
};

/**
 * Puts its file on the server, unless it is there.
 * @throws ApiProblem `file-lost` when this page was loaded anew before it was there
 */
async function withUpload(item: Outgoing): Promise<Outgoing> {
  if (!item.file || item.file.uploadId !== null) return item;
  const file = localFile(item.key);
  if (!file) throw new ApiProblem(410, { code: 'file-lost' });
  const upload = await putFile(item.key, file, item.file.fileName);
  endUpload(item.key);
  const change = { file: { ...item.file, kind: kindOf(item, upload), uploadId: upload.id } };
  updateOutgoing(item.key, change);
  return { ...item, ...change };
}

/** How long to wait before the same is asked again, when its end is not known. */
type End = { isKnown: true } | { isKnown: false; wait: number };

async function attempt(client: QueryClient, item: Outgoing): Promise<End> {
  try {
    const ready = await withUpload(item);
    holdFor(item.conversationId, item.text);
    settle(client, ready, await post(ready));
    return { isKnown: true };
  } catch (error) {
    // Called off by the person.
    if (!isOutgoing(item.key)) return { isKnown: true };
    if (isProblem(error, 'upload-not-found') && item.file && localFile(item.key)) {
      // It waited for longer than the server keeps files: it goes there once more.
      updateOutgoing(item.key, { isWaiting: true, file: { ...item.file, uploadId: null } });
      return { isKnown: false, wait: 0 };
    }
    if (error instanceof ApiProblem && isRefused(error)) {
      endUpload(item.key);
      refuse(client, item, error);
      return { isKnown: true };
    }
    // The session is over: it leaves after the person has entered again.
    if (isProblem(error, 'unauthenticated')) throw error;
    updateOutgoing(item.key, { isWaiting: true });
    restUpload(item.key);
    const seconds = error instanceof ApiProblem ? error.retryAfterSeconds : undefined;
    return { isKnown: false, wait: (seconds ?? 0) * 1000 };
  }
}

const nextOf = (conversationId: string): Outgoing | undefined =>
  getOutgoing().find((item) => item.conversationId === conversationId && item.refusal === null);

/** Repeats one under the same key until its end is known. */
async function sendOne(client: QueryClient, item: Outgoing): Promise<void> {
  if (serverNow() - Date.parse(item.at) > tooLateAfter) {
    updateOutgoing(item.key, { isWaiting: false, refusal: 'too-late' });
    return;
  }
  try {
    let end = await attempt(client, item);
    for (let rest = firstPause; !end.isKnown; rest = Math.min(rest * 2, longestPause)) {
      await pause(Math.max(end.wait, rest));
      const now = getOutgoing().find(({ key }) => key === item.key);
      // Called off while it waited.
      if (!now) return;
      end = await attempt(client, now);
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

const newOutgoing = (
  key: string,
  draft: { conversationId: string; text: string; replyTo: Message | null },
): Outgoing => ({
  key,
  conversationId: draft.conversationId,
  text: draft.text,
  replyTo: draft.replyTo && quoteOf(draft.replyTo),
  at: new Date(serverNow()).toISOString(),
  messageId: null,
  isWaiting: false,
  refusal: null,
});

/** A file that was chosen, with its caption. */
export interface ChosenFile extends Omit<OutgoingFile, 'uploadId'> {
  key: string;
  file: File;
  caption: string;
}

/** Shows a bubble for each and sends them in this order, after what already waits. */
export function sendFiles(
  client: QueryClient,
  draft: { conversationId: string; files: readonly ChosenFile[]; replyTo: Message | null },
): void {
  const { conversationId } = draft;
  draft.files.forEach(({ key, file, caption, ...facts }, index) => {
    keepLocalFile(key, file, conversationId);
    expectUpload(key);
    const replyTo = index === 0 ? draft.replyTo : null;
    const item = newOutgoing(key, { conversationId, text: caption.trim(), replyTo });
    addOutgoing({ ...item, file: { ...facts, uploadId: null } });
  });
  void sendAll(client, conversationId);
}

/** Shows the bubble at once and sends it; nothing is lost while the connection is. */
export function sendText(
  client: QueryClient,
  draft: { conversationId: string; text: string; replyTo: Message | null },
): void {
  addOutgoing(newOutgoing(randomId(), draft));
  void sendAll(client, draft.conversationId);
}

/** Resolves when nothing that can leave waits to leave, or after this long. */
export async function outgoingAtRest(milliseconds: number): Promise<void> {
  const until = Date.now() + milliseconds;
  while (busy.size > 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
