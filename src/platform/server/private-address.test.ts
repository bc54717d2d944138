import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isPrivateAddress, lookupPublic } from './private-address.ts';

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '::7f00:1',
    '::ffff:0:7f00:1',
    '0:0:0:0:0:ffff:7f00:1',
    'fec0::1',
    '3fff::1',
    '5f00::1',
    '192.88.99.1',
    '2002:7f00:1::',
    'localhost',
    '',
    '1',
  ])('%s is not of the public internet', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['1.1.1.1', '157.240.1.1', '172.32.0.1', '2a03:2880:f101::1', '::ffff:1.1.1.1'])(
    '%s is',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );
});

describe('a name', () => {
  it('that leads to this machine leads nowhere', async () => {
    const look = promisify((callback: (error: Error | null) => void) =>
      lookupPublic('localhost', { all: true }, (error) => callback(error)),
    );
    await expect(look()).rejects.toThrow('may not be asked');
  });
});
