import { expect, it } from 'vitest';
import type { Message } from '../../contract.ts';
import { aMessage, atMinute } from '../testing/views.ts';
import { patchShelf, shelfOf } from './media-shelf.ts';
import { inReadingOrder, type ThreadPages } from './thread-pages.ts';

const shelf = (...messages: Message[]): ThreadPages => ({
  pages: [{ items: messages, nextCursor: null }],
  pageParams: [null],
});
const image = (change: Partial<Message> = {}): Message =>
  aMessage({ id: 'a', type: 'image', at: atMinute(10), ...change });
const ids = (data: ThreadPages) => inReadingOrder(data).map(({ id }) => id);

it('has pictures and films on one shelf, documents on the other, and nothing else', () => {
  const types = ['image', 'video', 'document', 'sticker', 'voice', 'text', 'template'] as const;
  expect(types.map((type) => shelfOf(aMessage({ type })))).toEqual([
    ...['visual', 'visual', 'document', null, null, null, null],
  ]);
});

it('takes what comes, where its time says', () => {
  const before = shelf(image({ id: 'c', at: atMinute(30) }), image());
  const after = patchShelf(before, image({ id: 'b', at: atMinute(20) }), 'visual');
  expect(ids(after)).toEqual(['a', 'b', 'c']);
  expect(patchShelf(before, image({ id: 'd', type: 'document' }), 'visual')).toBe(before);
});

it('keeps the place of what is withheld, and gives up what was taken back or did not leave', () => {
  const before = shelf(image());
  const withheld = patchShelf(before, image({ text: null, withheld: 'covered' }), 'visual');
  expect(inReadingOrder(withheld)).toMatchObject([{ id: 'a', withheld: 'covered' }]);
  expect(ids(patchShelf(before, image({ revokedAt: atMinute(11) }), 'visual'))).toEqual([]);
  const failed = image({ direction: 'out', status: 'failed' });
  expect(ids(patchShelf(before, failed, 'visual'))).toEqual([]);
});
