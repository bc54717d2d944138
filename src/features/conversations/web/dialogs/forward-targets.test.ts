import { expect, it } from 'vitest';
import { type ForwardTarget, judgeTargets, targetKey } from './forward-targets.ts';

const aTarget = (change: Partial<ForwardTarget> = {}): ForwardTarget => ({
  conversationId: 'c-1',
  contactId: 'p-1',
  name: 'Ana',
  phone: '+5511912345678',
  channelName: 'Suporte',
  isBlocked: false,
  ...change,
});
const blocked = aTarget({ conversationId: null, contactId: 'p-9', isBlocked: true });

it('tells two conversations of one person apart', () => {
  expect(targetKey(aTarget())).not.toBe(targetKey(aTarget({ conversationId: 'c-2' })));
});

it('says nothing of blocked people that nobody chose or looks for', () => {
  expect(judgeTargets([aTarget()], [aTarget(), blocked], false).blockedCount).toBe(0);
});

it('counts the blocked ones that are looked for', () => {
  expect(judgeTargets([], [blocked], true).blockedCount).toBe(1);
});

it('counts a chosen one that was blocked since, once', () => {
  const chosen = [aTarget(), aTarget({ conversationId: 'c-9', contactId: 'p-9' })];
  for (const isSearching of [true, false]) {
    const { sendable, blockedCount } = judgeTargets(chosen, [aTarget(), blocked], isSearching);
    expect([sendable.map(targetKey), blockedCount]).toEqual([['c-1'], 1]);
  }
});
