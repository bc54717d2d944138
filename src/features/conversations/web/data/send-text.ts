import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem, api } from '#platform/web/http.ts';
import { randomId } from '#platform/web/random-id.ts';
import type { Message } from '../../contract.ts';
import { applyMessage } from './apply-changes.ts';
import {
  addOutgoing,
  getOutgoing,
  type Outgoing,
  removeOutgoing,
  updateOutgoing,
} from './outgoing.ts';
import { queryKeys } from './query-keys.ts';

/** Says what could not be sent. `failedText` goes back into the composer when nothing of it was kept. */
export type OnRefused = (problem: unknown, failedText: string | null) => void;

const isLost = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

/** A refused attempt stays in the history (G2): the bubble is kept as what the server has stored. */
const failedMessage = (item: Outgoing, messageId: string, code: string): Message => ({
  id: messageId,
  conversationId: item.conversationId,
  direction: 'out',
  type: 'text',
  text: item.text,
  status: 'failed',
  error: { code },
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
});

function refuse(client: QueryClient, item: Outgoing, error: unknown, onRefused: OnRefused): void {
  const problem = error instanceof ApiProblem ? error.problem : {};
  if (problem.messageId) {
    updateOutgoing(item.key, { messageId: problem.messageId });
    applyMessage(client, failedMessage(item, problem.messageId, problem.code ?? 'unexpected'));
    void client.invalidateQueries({ queryKey: queryKeys.one(item.conversationId) });
  }
  removeOutgoing(item.key);
  onRefused(error, problem.messageId ? null : item.text);
}

async function attempt(client: QueryClient, item: Outgoing, onRefused: OnRefused): Promise<void> {
  try {
    const message = await api.post<Message>(
      `/api/v1/conversations/${item.conversationId}/messages`,
      { type: 'text', text: item.text, ...(item.replyTo?.id && { replyTo: item.replyTo.id }) },
      { headers: { 'idempotency-key': item.key } },
    );
    updateOutgoing(item.key, { messageId: message.id });
    applyMessage(client, message);
    removeOutgoing(item.key);
  } catch (error) {
    if (isLost(error)) {
      updateOutgoing(item.key, { isWaiting: true });
      retryLater(client, item, onRefused);
    } else refuse(client, item, error, onRefused);
  }
}

/** The same key again: the server answers the first one's message if it had taken it. */
function retryLater(client: QueryClient, item: Outgoing, onRefused: OnRefused): void {
  setTimeout(() => {
    if (getOutgoing().some((each) => each.key === item.key)) void attempt(client, item, onRefused);
  }, 2500);
}

/** Shows the bubble at once and sends it; nothing is lost while the connection is. */
export function sendText(
  client: QueryClient,
  draft: { conversationId: string; text: string; replyTo: Message | null },
  onRefused: OnRefused,
): void {
  const { conversationId, text, replyTo } = draft;
  const item: Outgoing = {
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
  };
  addOutgoing(item);
  void attempt(client, item, onRefused);
}
