import { expect, it } from 'vitest';
import type { Message } from '../../contract.ts';
import { aMessage, atMinute } from '../testing/views.ts';
import { inReadingOrder, patchThread, type ThreadPages } from './thread-pages.ts';

const thread = (messages: readonly Message[], nextCursor: string | null = null): ThreadPages => ({
  pages: [{ items: [...messages], nextCursor }],
  pageParams: [null],
});
const message = (id: string, minute: number, change: Partial<Message> = {}) =>
  aMessage({ id, at: atMinute(minute), ...change });
const ids = (data: ThreadPages) => inReadingOrder(data).map(({ id }) => id);

it('reads from the oldest to the newest', () => {
  expect(ids(thread([message('b', 2), message('a', 1)]))).toEqual(['a', 'b']);
});

it('puts a late message where its time says, not at the end', () => {
  const before = thread([message('c', 30), message('a', 10)]);
  expect(ids(patchThread(before, message('b', 20)))).toEqual(['a', 'b', 'c']);
});

it('holds each message once, however often it comes', () => {
  const before = thread([message('a', 10)]);
  const after = patchThread(
    patchThread(before, message('b', 20)),
    message('b', 20, { text: 'Olá' }),
  );
  expect(ids(after)).toEqual(['a', 'b']);
  expect(inReadingOrder(after)[1]?.text).toBe('Olá');
});

it('leaves what is older than the loaded part to its own page', () => {
  expect(ids(patchThread(thread([message('b', 20)], 'more'), message('a', 10)))).toEqual(['b']);
});

it('never falls back to the clock when an older answer comes last', () => {
  const sent = thread([message('a', 10, { direction: 'out', status: 'delivered' })]);
  const after = patchThread(sent, message('a', 10, { direction: 'out', status: 'queued' }));
  expect(inReadingOrder(after)[0]?.status).toBe('delivered');
});

it('lets the server settle a message that was not known', () => {
  const unknown = thread([message('a', 10, { direction: 'out', status: 'unknown' })]);
  const after = patchThread(unknown, message('a', 10, { direction: 'out', status: 'sent' }));
  expect(inReadingOrder(after)[0]?.status).toBe('sent');
});

it('quotes a message as it is now: edited, and empty once it was taken back', () => {
  const quoted = {
    id: 'a',
    direction: 'in',
    type: 'text',
    text: 'Oi',
    summary: null,
    variant: null,
    withheld: null,
  } as const;
  const before = thread([message('b', 20, { replyTo: quoted }), message('a', 10)]);
  const edited = message('a', 10, { text: 'Olá', editedAt: atMinute(21) });
  const after = patchThread(before, edited);
  expect(inReadingOrder(after)[1]?.replyTo?.text).toBe('Olá');
  const gone = patchThread(after, { ...edited, text: null, revokedAt: atMinute(22) });
  expect(inReadingOrder(gone)[1]?.replyTo).toEqual({ ...quoted, text: null });
});

it('quotes nothing of what is covered, and all of it again once it is restored', () => {
  const quoted = {
    id: 'a',
    direction: 'in',
    type: 'text',
    text: 'Oi',
    summary: null,
    variant: null,
    withheld: null,
  } as const;
  const before = thread([message('b', 20, { replyTo: quoted }), message('a', 10)]);
  const covered = message('a', 10, { text: null, withheld: 'covered' });
  const during = patchThread(before, covered);
  expect(inReadingOrder(during)[1]?.replyTo).toEqual({
    ...quoted,
    text: null,
    withheld: 'covered',
  });
  const after = patchThread(during, { ...covered, text: 'Oi', withheld: null });
  expect(inReadingOrder(after)[1]?.replyTo).toEqual(quoted);
});

const media: NonNullable<Message['media']> = {
  ...{ state: 'ready', reason: null, mimeType: 'image/jpeg', sizeBytes: 10, fileName: 'a.jpg' },
  ...{ width: 8, height: 4, durationSeconds: null, hasThumbnail: true, isAnimated: false },
  ...{ isCovered: true, isWithheld: false, hasPlaceholder: false },
};
const withheldMedia = { ...media, mimeType: null, fileName: null, isWithheld: true };

it('keeps what covered media said to whoever asked, when an event for all comes', () => {
  const told = thread([message('a', 10, { type: 'image', text: 'veja', media })]);
  const event = message('a', 10, {
    type: 'image',
    text: null,
    media: withheldMedia,
    reactions: [{ direction: 'out', emoji: '👍' }],
  });
  const [after] = inReadingOrder(patchThread(told, event));
  expect(after).toMatchObject({ text: 'veja', media, reactions: event.reactions });
  const edited = { ...event, editedAt: atMinute(11) };
  expect(inReadingOrder(patchThread(told, edited))[0]?.text).toBeNull();
});

it('keeps nothing of what is covered only now, and quotes nothing of what was asked for', () => {
  const quoted = {
    id: 'a',
    direction: 'in',
    type: 'image',
    text: 'x',
    summary: null,
    variant: null,
    withheld: null,
  } as const;
  const open = message('a', 10, {
    type: 'image',
    text: 'veja',
    media: { ...media, isCovered: false },
  });
  const before = thread([message('b', 20, { replyTo: quoted }), open]);
  const covered = message('a', 10, { type: 'image', text: null, media: withheldMedia });
  expect(inReadingOrder(patchThread(before, covered))[0]?.text).toBeNull();
  const shown = patchThread(before, message('a', 10, { type: 'image', text: 'veja', media }));
  expect(inReadingOrder(shown)[1]?.replyTo?.text).toBeNull();
});
