import { describe, expect, it } from 'vitest';
import type { InboundItem } from '../../channel.ts';
import { type Batch, createWaitingLine, type Entry } from './waiting-line.ts';

const place = { workspaceId: 'w', channelId: 'c' };

const from = (phone: string, bsuid?: string): InboundItem => ({
  type: 'message',
  direction: 'in',
  ...place,
  externalId: `wamid.${phone}`,
  timestamp: 1,
  person: { phone, ...(bsuid !== undefined && { bsuid }) },
  names: {},
  content: { kind: 'text', text: 'oi' },
  isHistory: false,
});

const moved = (phone: string, next: string): InboundItem => ({
  type: 'identity-change',
  ...place,
  externalId: `wamid.${phone}.${next}`,
  timestamp: 1,
  person: { phone },
  next: { phone: next },
});

const status = (externalId: string): InboundItem => ({
  type: 'status',
  ...place,
  externalId,
  timestamp: 1,
  status: 'delivered',
});

const counted: InboundItem = { type: 'counted', ...place, name: 'group-item' };

const [ana, bia, caio] = ['5511981111111', '5511982222222', '5511983333333'];

interface Named extends Entry {
  readonly name: string;
}

const line = (mostItems = 400) => {
  const waiting = createWaitingLine<Named>(mostItems);
  const add = (name: string, ...items: InboundItem[]) => waiting.add({ name, items });
  return { add, take: () => waiting.take() };
};

const namesOf = (batch: Batch<Named> | undefined): string[] | undefined =>
  batch?.entries.map(({ name }) => name);

describe('those who wait', () => {
  it('go together, in the order in which they came', () => {
    const { add, take } = line();
    add('1', from(ana));
    add('2', from(bia));
    add('3', from(ana));
    expect(namesOf(take())).toEqual(['1', '2', '3']);
    expect(take()).toBeUndefined();
  });

  it('do not wait for others who are being stored', () => {
    const { add, take } = line();
    add('1', from(ana));
    take();
    add('2', from(bia));
    expect(namesOf(take())).toEqual(['2']);
  });

  it('wait while something about the same person is being stored', () => {
    const { add, take } = line();
    add('1', from(ana));
    const first = take();
    add('2', from(ana));
    add('3', from(bia));
    expect(namesOf(take())).toEqual(['3']);
    expect(take()).toBeUndefined();
    first?.end();
    expect(namesOf(take())).toEqual(['2']);
  });

  it('wait for the same person under another of the names that the webhooks share', () => {
    const { add, take } = line();
    add('1', from(ana, 'BR.1'));
    take();
    // The ninth digit is left out, or the number hidden.
    add('2', from('551181111111'));
    add('3', from('', 'BR.1'));
    expect(take()).toBeUndefined();
  });

  it('are not overtaken by whoever shares a person with them', () => {
    const { add, take } = line();
    add('1', from(ana));
    const first = take();
    add('2', from(ana), from(bia));
    add('3', from(bia));
    add('4', from(caio));
    expect(namesOf(take())).toEqual(['4']);
    first?.end();
    expect(namesOf(take())).toEqual(['2', '3']);
  });

  it('wait for both sides of a change of number', () => {
    const { add, take } = line();
    add('1', moved(ana, bia));
    take();
    add('2', from(ana));
    add('3', from(bia));
    expect(take()).toBeUndefined();
  });

  it('wait for what else is about the same message or workspace', () => {
    const { add, take } = line();
    add('1', status('wamid.1'), counted);
    take();
    add('2', status('wamid.2'));
    add('3', status('wamid.1'));
    add('4', counted);
    expect(namesOf(take())).toEqual(['2']);
    expect(take()).toBeUndefined();
  });

  it('are as many as fit, or one that is larger', () => {
    const { add, take } = line(2);
    add('1', from(ana), from(bia), from(caio));
    add('2', from('5511984444444'));
    add('3', from('5511985555555'));
    add('4', from('5511986666666'));
    expect(namesOf(take())).toEqual(['1']);
    expect(namesOf(take())).toEqual(['2', '3']);
    expect(namesOf(take())).toEqual(['4']);
  });
});
