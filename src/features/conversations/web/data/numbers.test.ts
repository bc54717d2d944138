import { expect, it } from 'vitest';
import type { Channel } from '../../contract.ts';
import { nameOfNumber, numbersToTellApart } from './numbers.ts';

const channel = (id: string, change: Partial<Channel> = {}): Channel => ({
  id,
  kind: 'whatsapp',
  name: `Loja ${id}`,
  displayNumber: `551131234${id}00`,
  isConnected: true,
  ...change,
});

it('tells nothing apart while one number is connected', () => {
  expect(numbersToTellApart([])).toEqual([]);
  expect(numbersToTellApart([channel('1')])).toEqual([]);
  expect(numbersToTellApart([channel('1'), channel('2', { isConnected: false })])).toEqual([]);
});

it('names each of several, the disconnected one too', () => {
  const numbers = numbersToTellApart([
    channel('1'),
    channel('2'),
    channel('3', { isConnected: false }),
  ]);
  expect(numbers.map(({ name }) => name)).toEqual(['Loja 1', 'Loja 2', 'Loja 3']);
  expect([nameOfNumber(numbers, '2'), nameOfNumber(numbers, '9')]).toEqual(['Loja 2', null]);
});

it('calls those of one name by their numbers', () => {
  const same = { name: 'Loja' };
  const numbers = numbersToTellApart([channel('1', same), channel('2', same), channel('3')]);
  expect(numbers.map(({ name }) => name)).toEqual([
    '+55 11 3123-4100',
    '+55 11 3123-4200',
    'Loja 3',
  ]);
});
