import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeFormats } from './format.tsx';
import { compareClocks } from './server-clock.ts';

const noon = Date.parse('2026-11-23T15:00:00Z');
const day = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
});
afterEach(() => {
  compareClocks(new Date(noon).toUTCString(), noon);
  vi.useRealTimers();
});

it('tells today and yesterday by the clock of the server', () => {
  compareClocks(new Date(noon - day).toUTCString(), noon);
  const words = { today: 'hoje', yesterday: 'ontem' };
  const format = makeFormats('pt-BR', 'America/Sao_Paulo', words);
  expect(format.day('2026-11-22T14:00:00Z')).toBe('hoje');
  expect(format.short('2026-11-22T14:00:00Z')).toBe('11:00');
  expect(format.day('2026-11-21T14:00:00Z')).toBe('ontem');
  expect(format.short('2026-11-21T14:00:00Z')).toBe('ontem');
});
