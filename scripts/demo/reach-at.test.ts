import { expect, it } from 'vitest';
import { reachAt } from './reach-at.ts';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['192.168.0.20', 'http://192.168.0.20:3000'],
  ['loja.local', 'http://loja.local:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://[::1]:3000'],
  ['fd00::7', 'http://[fd00::7]:3000'],
])('what listens on %s is reached at %s', (host, url) => {
  expect(reachAt(host, 3000)).toBe(url);
});
