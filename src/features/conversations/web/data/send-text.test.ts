import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Message } from '../../contract.ts';
import { aMessage, atMinute } from '../testing/views.ts';
import { applyMessage } from './apply-changes.ts';
import { keepBack } from './held-messages.ts';
import { getOutgoing, removeOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import { sendText, wakeOutgoing } from './send-text.ts';
import { inReadingOrder, type ThreadPages } from './thread-pages.ts';

interface Asked {
  text: string;
  key: string;
  answer: (status: number, body: unknown) => void;
  cut: () => void;
}

let asked: Asked[];
let client: QueryClient;

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const say = (text: string) => sendText(client, { conversationId: 'c-1', text, replyTo: null });
const stored = (id: string, text: string, change: Partial<Message> = {}): Message =>
  aMessage({ id, text, direction: 'out', status: 'queued', at: atMinute(5), ...change });
const texts = () => asked.map(({ text }) => text);
const last = (): Asked => {
  const found = asked.at(-1);
  if (!found) throw new Error('nothing was asked');
  return found;
};
const inThread = () =>
  inReadingOrder(client.getQueryData<ThreadPages>(queryKeys.thread('c-1'))).map(
    ({ id, status }) => `${id} ${status}`,
  );

beforeEach(() => {
  asked = [];
  client = new QueryClient();
  client.setQueryData(queryKeys.thread('c-1'), {
    pages: [{ items: [], nextCursor: null }],
    pageParams: [null],
  });
  vi.stubGlobal(
    'fetch',
    (_path: string, { body, headers }: { body: string; headers: Record<string, string> }) => {
      return new Promise((resolve, reject) => {
        asked.push({
          text: (JSON.parse(body) as { text: string }).text,
          key: headers['idempotency-key'] ?? '',
          answer: (status, answer) => resolve(new Response(JSON.stringify(answer), { status })),
          cut: () => reject(new TypeError('network')),
        });
      });
    },
  );
});

afterEach(async () => {
  for (const { key } of getOutgoing()) removeOutgoing(key);
  for (const each of asked) each.answer(422, {});
  wakeOutgoing();
  await turn();
  vi.unstubAllGlobals();
});

it('sends the next only when the end of the one before is known', async () => {
  say('um');
  say('dois');
  await turn();
  expect(texts()).toEqual(['um']);
  last().answer(202, stored('m-1', 'um'));
  await turn();
  await turn();
  expect(texts()).toEqual(['um', 'dois']);
});

it('keeps the order over a lost connection, and wakes when it is back', async () => {
  say('um');
  say('dois');
  await turn();
  last().cut();
  await turn();
  expect(getOutgoing()[0]).toMatchObject({ text: 'um', isWaiting: true });
  wakeOutgoing();
  await turn();
  expect(texts()).toEqual(['um', 'um']);
  expect(asked[1]?.key).toBe(asked[0]?.key);
  last().answer(202, stored('m-1', 'um'));
  await turn();
  await turn();
  expect(texts()).toEqual(['um', 'um', 'dois']);
});

it('asks again after an answer that says nothing of what became of it', async () => {
  for (const status of [500, 502, 429]) {
    say(`texto ${status}`);
    await turn();
    last().answer(status, {});
    await turn();
    await turn();
    expect(getOutgoing()[0]).toMatchObject({ isWaiting: true, refusal: null });
    wakeOutgoing();
    await turn();
    last().answer(202, stored(`m-${status}`, `texto ${status}`));
    await turn();
    await turn();
    expect(getOutgoing()).toEqual([]);
  }
});

it('keeps what was refused without a trace', async () => {
  say('não pode');
  await turn();
  last().answer(422, { code: 'window-closed' });
  await turn();
  await turn();
  expect(getOutgoing()).toMatchObject([{ text: 'não pode', refusal: 'window-closed' }]);
});

it('keeps a refusal that the server has stored as a failed message', async () => {
  say('bloqueado');
  await turn();
  last().answer(409, { code: 'contact-blocked', messageId: 'm-9' });
  await turn();
  await turn();
  expect(getOutgoing()).toEqual([]);
  expect(inThread()).toEqual(['m-9 failed']);
});

it('takes no older message with the same words for the one under way', async () => {
  const before = stored('m-0', 'Ok', { status: 'sent', at: atMinute(1) });
  applyMessage(client, before);
  say('Ok');
  await turn();
  // Its delivery is told now; it is in the thread already.
  expect(keepBack({ ...before, status: 'delivered' }, true)).toBe(false);
  // The event of the new one comes before its answer, with an older one's that the thread has not loaded.
  expect(keepBack(stored('m-1', 'Ok', { status: 'sent' }), false)).toBe(true);
  expect(inThread()).toEqual(['m-0 sent']);
  last().answer(202, stored('m-1', 'Ok'));
  await turn();
  await turn();
  expect(inThread()).toEqual(['m-0 sent', 'm-1 sent']);
  expect(getOutgoing()).toEqual([]);
});
