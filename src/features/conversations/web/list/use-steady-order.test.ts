import { expect, it } from 'vitest';
import { aConversation } from '../testing/views.ts';
import { holdOrder } from './use-steady-order.ts';

const list = (...ids: string[]) => ids.map((id) => aConversation({ id }));
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

it('keeps the order under the pointer and takes the new content', () => {
  const current = [aConversation({ id: 'c', unreadCount: 1 }), ...list('a', 'b')];
  const { rows, addedAbove } = holdOrder(list('a', 'b', 'c'), current);
  expect(ids(rows)).toEqual(['a', 'b', 'c']);
  expect(rows[2]?.unreadCount).toBe(1);
  expect(addedAbove).toBe(0);
});

it('puts new ones above all and later pages below', () => {
  const { rows, addedAbove } = holdOrder(list('a', 'b'), list('n', 'b', 'a', 'z'));
  expect(ids(rows)).toEqual(['n', 'a', 'b', 'z']);
  expect(addedAbove).toBe(1);
});

it('lets go at once of what has left the list, a blocked contact for one', () => {
  expect(ids(holdOrder(list('a', 'b', 'c'), list('a', 'c')).rows)).toEqual(['a', 'c']);
});
