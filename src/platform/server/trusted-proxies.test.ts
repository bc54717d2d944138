import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { trustOf } from './trusted-proxies.ts';

describe('who is trusted', () => {
  it.each([
    ['127.0.0.1', 'loopback', true],
    ['::1', 'loopback', true],
    ['::ffff:127.0.0.1', 'loopback', true],
    ['10.1.2.3', 'loopback', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.4', '10.1.2.3', false],
    ['172.20.0.2', '172.16.0.0/12', true],
    ['172.32.0.2', 'uniquelocal', false],
    ['fd00::7', 'uniquelocal', true],
    ['2001:db8::1', '2001:db8::/32', true],
  ])('%s, given %s: %s', (peer, given, is) => {
    expect(trustOf([given])(peer)).toBe(is);
  });

  it('is nobody without a list, and never a peer without an address', () => {
    expect(trustOf([])('127.0.0.1')).toBe(false);
    expect(trustOf(['loopback'])(undefined)).toBe(false);
  });

  it.each(['proxy.local', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '1'])(
    'cannot be said by %s',
    (given) => {
      expect(() => trustOf([given])).toThrow('GUARITA_TRUSTED_PROXIES');
    },
  );
});

describe('without a word about proxies', () => {
  it.each([
    ['127.0.0.1', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.0.7', false],
  ])('listening on %s, a proxy on this machine is believed: %s', (HOST, is) => {
    expect(readConfig({ HOST }).trustsPeer('127.0.0.1')).toBe(is);
  });

  it('given as empty, nobody is', () => {
    expect(readConfig({ GUARITA_TRUSTED_PROXIES: '' }).trustsPeer('127.0.0.1')).toBe(false);
  });

  it('a wrong word is refused at start', () => {
    expect(() => readConfig({ GUARITA_TRUSTED_PROXIES: 'nginx' })).toThrow('"nginx"');
  });
});
