import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignedWith, mostHashed, signatureOf } from './verify-signature.ts';

const sign = (body: Buffer, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const body = Buffer.from('{"text":"ol\\u00e1"}');

describe('isSignedWith', () => {
  it('takes the digest of these bytes under this secret', () => {
    expect(isSignedWith(body, sign(body, 's3cret'), 's3cret')).toBe(true);
  });

  it('knows the published digest of a known text', () => {
    const header = 'sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
    const known = Buffer.from('The quick brown fox jumps over the lazy dog');
    expect(isSignedWith(known, header, 'key')).toBe(true);
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another algorithm', sign(body, 's3cret').replace('sha256', 'sha1')],
    ['no algorithm', sign(body, 's3cret').slice(7)],
    ['upper case', sign(body, 's3cret').toUpperCase()],
    ['too short', sign(body, 's3cret').slice(0, -1)],
    ['too long', `${sign(body, 's3cret')}0`],
    ['a line break after it', `${sign(body, 's3cret')}\n`],
    ['two of them', `${sign(body, 's3cret')},${sign(body, 's3cret')}`],
    ['no hexadecimal', `sha256=${'z'.repeat(64)}`],
    ['the same text escaped otherwise', sign(Buffer.from('{"text":"olá"}'), 's3cret')],
    ['another secret', sign(body, 'other')],
  ])('refuses %s', (_name, header) => {
    expect(isSignedWith(body, header, 's3cret')).toBe(false);
  });

  it('refuses what an empty secret signed', () => {
    expect(isSignedWith(body, sign(body, ''), '')).toBe(false);
  });

  it('refuses every body that differs, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), fc.string(), (one, other, header) => {
        const [a, b] = [Buffer.from(one), Buffer.from(other)];
        expect(isSignedWith(b, sign(a, 'k'), 'k')).toBe(a.equals(b));
        expect(isSignedWith(a, header, 'k')).toBe(false);
      }),
    );
  });
});

describe('which secret signed a body', () => {
  const secrets = Array.from({ length: 100 }, (_, n) => `secret ${n}`);
  const tries = (large: Buffer, signer: string) => {
    const isSigned = signatureOf(large, sign(large, signer));
    return secrets.filter(isSigned);
  };

  it('is found among all of them for a small one', () => {
    expect(tries(body, 'secret 99')).toEqual(['secret 99']);
    expect(tries(body, 'nobody')).toEqual([]);
  });

  it('is looked for within so many bytes, and the first is always tried', () => {
    const large = Buffer.alloc(3 * 1024 * 1024, 'a');
    const most = Math.floor(mostHashed / large.length);
    expect(tries(large, `secret ${most - 1}`)).toEqual([`secret ${most - 1}`]);
    expect(tries(large, `secret ${most}`)).toEqual([]);
    const huge = Buffer.alloc(mostHashed + 1);
    expect(tries(huge, 'secret 0')).toEqual(['secret 0']);
  });

  it('is told of again without another try, and no other fits', () => {
    const isSigned = signatureOf(body, sign(body, 'secret 1'));
    const asked = ['secret 0', 'secret 1', 'secret 1', 'secret 0', 'secret 2'];
    expect(asked.map(isSigned)).toEqual([false, true, true, false, false]);
  });
});
