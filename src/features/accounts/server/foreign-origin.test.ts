import { describe, expect, it } from 'vitest';
import { isForeignOrigin } from './foreign-origin.ts';

const host = '127.0.0.1:3000';

describe('isForeignOrigin', () => {
  it.each([
    ['no header: a program', {}],
    ['the same host', { origin: 'http://127.0.0.1:3000' }],
    ['the same host behind TLS', { origin: 'https://127.0.0.1:3000' }],
    ['the same origin by fetch metadata', { 'sec-fetch-site': 'same-origin' }],
    ['typed by the person', { 'sec-fetch-site': 'none' }],
    ['the public address', { origin: 'https://guarita.example' }],
  ])('lets in: %s', (_name, headers) => {
    expect(isForeignOrigin(headers, host, 'https://guarita.example/')).toBe(false);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:3001' }],
    ['another name of this machine', { origin: 'http://localhost:3000' }],
    ['a longer name', { origin: 'https://guarita.example.evil.example' }],
    ['a subdomain', { origin: 'https://x.guarita.example' }],
    ['the name as user', { origin: 'https://guarita.example@evil.example' }],
    ['a sandbox', { origin: 'null' }],
    ['an empty origin', { origin: '' }],
    ['a file', { origin: 'file://' }],
    ['fetch metadata alone', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['two that contradict', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'cross-site' }],
  ])('keeps out: %s', (_name, headers) => {
    expect(isForeignOrigin(headers, host, 'https://guarita.example/')).toBe(true);
  });

  it('without a public address only the own host is home', () => {
    expect(isForeignOrigin({ origin: 'https://guarita.example' }, host, undefined)).toBe(true);
    expect(isForeignOrigin({ origin: 'http://localhost' }, undefined, undefined)).toBe(true);
  });
});
