import { expect, it } from 'vitest';
import { heldOrder } from './use-held-order.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

it('keeps every row where it was under the pointer, and puts new ones last', () => {
  expect(heldOrder(['a', 'b', 'c'], rows('n', 'c', 'a'))).toEqual(rows('a', 'c', 'n'));
});

it('takes the order as it comes where nothing was drawn', () => {
  expect(heldOrder([], rows('b', 'a'))).toEqual(rows('b', 'a'));
});
