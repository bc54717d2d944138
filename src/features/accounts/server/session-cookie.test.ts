import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readCookie, unsign } from './session-cookie.ts';

const secret = 'a secret of this test';
const sign = (value: string, by = secret): string =>
  `${value}.${createHmac('sha256', by).update(value).digest('base64')}`;

describe('readCookie', () => {
  it('finds one among others, decoded', () => {
    expect(readCookie('a=1; guarita.session_token=x%2By%3D; b=2', 'guarita.session_token')).toBe(
      'x+y=',
    );
  });

  it('takes neither a longer nor a shorter name', () => {
    expect(readCookie('xa=1; ab=2', 'a')).toBeUndefined();
    expect(readCookie(undefined, 'a')).toBeUndefined();
  });

  it('reads a value that is not percent-encoding as it is', () => {
    expect(readCookie('a=%E0%A4%A', 'a')).toBe('%E0%A4%A');
  });
});

describe('unsign', () => {
  it('gives back what we signed', () => {
    expect(unsign(sign('token'), secret)).toBe('token');
  });

  it.each([
    ['nothing', undefined],
    ['no signature', 'token'],
    ['an empty signature', 'token.'],
    ['an empty value', sign('')],
    ['another secret', sign('token', 'another')],
    ['another value', sign('token').replace('token', 'tokem')],
    ['a short signature', sign('token').slice(0, -8)],
  ])('refuses %s', (_name, signed) => {
    expect(unsign(signed, secret)).toBeUndefined();
  });
});
