import { expect, it } from 'vitest';
import type { Incidents } from '../contract.ts';
import { linesByChannel, linesByReason } from './chart-lines.ts';

const words = { nowhere: 'none', others: 'others' };
const of = (byChannel: Incidents['byChannel']): Incidents => ({
  total: byChannel.reduce((sum, { total }) => sum + total, 0),
  counts: [0, 0],
  byReason: [{ reason: 'fraud', total: 2, counts: [2, 0] }],
  byChannel,
});

it('draws no more channels than can be told apart', () => {
  const many = Array.from({ length: 9 }, (_, n) => ({
    channel: n === 2 ? null : { id: `${n}`, name: `Loja ${n}` },
    total: 10 - n,
    counts: [10 - n, 0],
  }));
  const lines = linesByChannel(of(many), words);
  expect(lines).toHaveLength(8);
  expect(lines[2]).toMatchObject({ key: 'nowhere', label: 'none' });
  expect(lines.at(-1)).toMatchObject({ key: 'others', total: 5, counts: [5, 0] });
  expect(lines.reduce((sum, { total }) => sum + total, 0)).toBe(of(many).total);
});

it('names each reason', () => {
  expect(linesByReason(of([]), (reason) => `[${reason}]`)).toEqual([
    { key: 'fraud', label: '[fraud]', colour: 'var(--chart-2)', total: 2, counts: [2, 0] },
  ]);
});
