import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareClocks } from '#platform/web/server-clock.ts';
import { findOpenConversation } from './api.ts';
import { isSamePhone, isWholePhone } from './same-phone.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the phone of the test message', () => {
  it.each([
    ['+55 21 98765-4321', true],
    ['(21) 98765-4321', true],
    ['021 98765-4321', true],
    ['21 8765-4321', true],
    ['0055 21 98765 4321', true],
    ['11 98765-4321', false],
    ['+55 11 98765-4321', false],
    ['98765-4321', false],
    ['+1 219 876 5432', false],
  ])('%s', (typed, isSame) => {
    expect(isSamePhone('+5521987654321', typed)).toBe(isSame);
    expect(isSamePhone('552187654321', typed)).toBe(isSame);
  });

  it('of another country is told with its sign', () => {
    expect(isSamePhone('5215512345678', '+52 55 1234 5678')).toBe(true);
    expect(isSamePhone('5491112345678', '+54 9 11 1234-5678')).toBe(true);
    expect(isSamePhone('12198765432', '+1 219 876 5432')).toBe(true);
    expect(isSamePhone('12198765432', '12198765432')).toBe(false);
  });

  it('is a whole number or none', () => {
    expect(['98765-4321', '8765-4321', '', '21 8765-432'].some(isWholePhone)).toBe(false);
    expect(['21 8765-4321', '+47 9876 5432', '+5521987654321'].every(isWholePhone)).toBe(true);
  });
});

it('finds the conversation of that very phone, however many end alike', async () => {
  const aConversation = (contactPhone: string | null, channelId = 'c', isOpen = true) => ({
    contactPhone,
    channel: { id: channelId },
    windowClosesAt: isOpen ? new Date(Date.now() + 60_000).toISOString() : null,
  });
  const items = [
    aConversation('+5511987654321'),
    aConversation(null),
    aConversation('+5521987654321', 'another'),
  ];
  vi.stubGlobal('fetch', async () => Response.json({ items, nextCursor: null }));
  expect(await findOpenConversation('c', '+55 21 98765-4321')).toBeUndefined();
  items.push(aConversation('+5521987654321', 'c', false), aConversation('+552187654321'));
  expect(await findOpenConversation('c', '+55 21 98765-4321')).toMatchObject({
    contactPhone: '+552187654321',
  });
});

it('finds one whose window is open by the clock of the server', async () => {
  const hours = (count: number) => Date.now() + count * 3_600_000;
  const items = [
    {
      contactPhone: '+5521987654321',
      channel: { id: 'c' },
      windowClosesAt: new Date(hours(-2)).toISOString(),
    },
  ];
  const answer = (date: number) =>
    Response.json({ items, nextCursor: null }, { headers: { date: new Date(date).toUTCString() } });
  vi.stubGlobal('fetch', async () => answer(hours(-3)));
  expect(await findOpenConversation('c', '+55 21 98765-4321')).toBeDefined();
  compareClocks(new Date().toUTCString(), Date.now());
  vi.stubGlobal('fetch', async () => answer(Date.now()));
  expect(await findOpenConversation('c', '+55 21 98765-4321')).toBeUndefined();
});
