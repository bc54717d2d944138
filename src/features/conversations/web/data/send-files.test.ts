import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MediaKind } from '#features/media/contract.ts';
import type { Message } from '../../contract.ts';
import { aMessage, atMinute } from '../testing/views.ts';
import { forgetLocalFiles } from './local-files.ts';
import { getOutgoing, removeOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import { sendFiles, sendText, wakeOutgoing } from './send-text.ts';
import { cancelUpload } from './uploads.ts';

type Body = Record<string, unknown>;

/** What the browser would ask: uploads by one way, messages by another. */
let uploads: FakeRequest[];
let posts: { body: Body; answer: (status: number, body: unknown) => void }[];
let client: QueryClient;

class FakeRequest {
  status = 0;
  responseText = '';
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  open() {}
  setRequestHeader() {}
  getResponseHeader() {
    return null;
  }
  send() {
    uploads.push(this);
  }
  abort() {
    this.onabort?.();
    this.onloadend?.();
  }
  answer(status: number, body: unknown) {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
    this.onloadend?.();
  }
  cut() {
    this.onerror?.();
    this.onloadend?.();
  }
}

const turn = async () => {
  for (let left = 4; left > 0; left -= 1) await new Promise((resolve) => setTimeout(resolve, 0));
};
const stored = (id: string): Message =>
  aMessage({ id, type: 'image', text: null, direction: 'out', status: 'queued', at: atMinute(5) });
const choose = (name: string, caption = '') => ({
  key: name,
  file: new File(['x'], name, { type: 'image/png' }),
  kind: 'image' as MediaKind,
  fileName: name,
  mimeType: 'image/png',
  sizeBytes: 1,
  width: 10,
  height: 10,
  durationSeconds: null,
  caption,
});
const onServer = (id: string, kind = 'image', mimeType = 'image/png') => ({ id, kind, mimeType });
const send = (...files: ReturnType<typeof choose>[]) =>
  sendFiles(client, { conversationId: 'c-1', files, replyTo: aMessage({ id: 'm-0' }) });

beforeEach(() => {
  uploads = [];
  posts = [];
  client = new QueryClient();
  client.setQueryData(queryKeys.thread('c-1'), {
    pages: [{ items: [], nextCursor: null }],
    pageParams: [null],
  });
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.stubGlobal('window', { addEventListener: vi.fn(), removeEventListener: vi.fn() });
  vi.stubGlobal(
    'fetch',
    (_path: string, { body }: { body: string }) =>
      new Promise((resolve) => {
        posts.push({
          body: JSON.parse(body) as Body,
          answer: (status, answer) => resolve(new Response(JSON.stringify(answer), { status })),
        });
      }),
  );
});

afterEach(async () => {
  for (const { key } of getOutgoing()) removeOutgoing(key);
  for (const upload of uploads) upload.answer(422, {});
  for (const post of posts) post.answer(422, {});
  wakeOutgoing();
  await turn();
  forgetLocalFiles();
  vi.unstubAllGlobals();
});

it('each file goes up, then its message; the order holds, the first one answers', async () => {
  send(choose('um', ' a capa '), choose('dois'));
  sendText(client, { conversationId: 'c-1', text: 'três', replyTo: null });
  await turn();
  expect([uploads.length, posts.length]).toEqual([1, 0]);
  uploads[0]?.answer(201, onServer('u-1'));
  await turn();
  expect(posts.map(({ body }) => body)).toEqual([
    { type: 'image', uploadId: 'u-1', caption: 'a capa', replyTo: 'm-0' },
  ]);
  posts[0]?.answer(202, stored('m-1'));
  await turn();
  uploads[1]?.answer(201, onServer('u-2'));
  await turn();
  expect(posts[1]?.body).toEqual({ type: 'image', uploadId: 'u-2' });
  posts[1]?.answer(202, stored('m-2'));
  await turn();
  expect(posts[2]?.body).toEqual({ type: 'text', text: 'três' });
});

it('what is called off sends nothing, and what waited behind it goes', async () => {
  send(choose('um'), choose('dois'));
  await turn();
  cancelUpload('um');
  await turn();
  expect(uploads).toHaveLength(2);
  expect(getOutgoing().map(({ key }) => key)).toEqual(['dois']);
  expect(posts).toEqual([]);
});

it('a broken upload is tried again; an answer that got lost does not upload twice', async () => {
  send(choose('um'));
  await turn();
  uploads[0]?.cut();
  await turn();
  expect(getOutgoing()[0]?.isWaiting).toBe(true);
  wakeOutgoing();
  await turn();
  uploads[1]?.answer(201, onServer('u-1'));
  await turn();
  posts[0]?.answer(500, {});
  await turn();
  wakeOutgoing();
  await turn();
  expect(uploads).toHaveLength(2);
  expect(posts.map(({ body }) => body['uploadId'])).toEqual(['u-1', 'u-1']);
});

it('a file that the server no longer keeps goes up once more', async () => {
  send(choose('um'));
  await turn();
  uploads[0]?.answer(201, onServer('u-1'));
  await turn();
  posts[0]?.answer(404, { code: 'upload-not-found' });
  await turn();
  wakeOutgoing();
  await turn();
  uploads[1]?.answer(201, onServer('u-2'));
  await turn();
  expect(posts[1]?.body['uploadId']).toBe('u-2');
});

it.each([
  ['', 'audio/mp4', 'audio'],
  ['a capa', 'audio/mp4', 'video'],
  ['', 'video/mp4', 'video'],
])(
  'a film that turns out to be without a picture goes as a sound, unless a caption would be lost: "%s", %s',
  async (caption, mimeType, type) => {
    send({ ...choose('um', caption), kind: 'video', mimeType: 'video/mp4' });
    await turn();
    uploads[0]?.answer(
      201,
      onServer('u-1', mimeType === 'audio/mp4' ? 'audio' : 'video', mimeType),
    );
    await turn();
    expect(posts[0]?.body['type']).toBe(type);
    expect(getOutgoing()[0]?.file?.kind).toBe(type);
  },
);

it.each([
  ['image', 'image/jpeg', 'sticker', 'image/webp'],
  ['document', 'text/plain', 'image', 'image/png'],
  ['audio', 'audio/mp4', 'video', 'video/mp4'],
] as const)(
  'what was chosen as %s goes as nothing else, whatever is in it: %s, %s, %s',
  async (kind, mimeType, uploadKind, uploadType) => {
    send({ ...choose('um'), kind, mimeType });
    await turn();
    uploads[0]?.answer(201, onServer('u-1', uploadKind, uploadType));
    await turn();
    expect(posts[0]?.body['type']).toBe(kind);
  },
);

it('a file that is refused, or lost by a reload, says so and holds nobody up', async () => {
  send(choose('um'), choose('dois'), choose('três'));
  await turn();
  uploads[0]?.answer(415, { code: 'file-type-not-accepted' });
  forgetLocalFiles();
  await turn();
  expect(getOutgoing().map(({ refusal }) => refusal)).toEqual([
    'file-type-not-accepted',
    'file-lost',
    'file-lost',
  ]);
});
