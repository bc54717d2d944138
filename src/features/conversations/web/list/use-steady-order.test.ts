import { expect, it } from 'vitest';
import { aConversation } from '../testing/views.ts';
import { holdOrder } from './use-steady-order.ts';

const list = (...ids: string[]) => ids.map((id) => aConversation({ id }));
const untold = () => undefined;
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

it('keeps the order under the pointer and takes the new content', () => {
  const current = [aConversation({ id: 'c', unreadCount: 1 }), ...list('a', 'b')];
  const { rows, addedAbove } = holdOrder(list('a', 'b', 'c'), current, untold);
  expect(ids(rows)).toEqual(['a', 'b', 'c']);
  expect(rows[2]?.unreadCount).toBe(1);
  expect(addedAbove).toBe(0);
});

it('puts new ones above all and later pages below', () => {
  const { rows, addedAbove } = holdOrder(list('a', 'b'), list('n', 'b', 'a', 'z'), untold);
  expect(ids(rows)).toEqual(['n', 'a', 'b', 'z']);
  expect(addedAbove).toBe(1);
});

it('keeps the place of one that has left until the pointer leaves', () => {
  const resolved = aConversation({ id: 'b', status: 'resolved' });
  const { rows, goneIds } = holdOrder(list('a', 'b', 'c'), list('a', 'c'), () => resolved);
  expect(ids(rows)).toEqual(['a', 'b', 'c']);
  expect(rows[1]?.status).toBe('resolved');
  expect([...goneIds]).toEqual(['b']);
});

it('lets go at once of a blocked one, and of one that left without a word', () => {
  const blocked = (id: string) => aConversation({ id, isBlocked: true });
  for (const told of [blocked, untold]) {
    const { rows, goneIds } = holdOrder(list('a', 'b', 'c'), list('a', 'c'), told);
    expect(ids(rows)).toEqual(['a', 'c']);
    expect(goneIds.size).toBe(0);
  }
});
