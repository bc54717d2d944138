import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalPhone,
  maskIdentity,
  maskPhone,
  matchKeysOf,
  parseTypedPerson,
  parseTypedPhone,
} from './normalize-identity.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const runs = { seed, numRuns: 1_000 };
const digits = (length: number) =>
  fc.stringMatching(new RegExp(`^\\d{${length}}$`)).filter((text) => text.length === length);

describe(`canonicalPhone (seed ${seed})`, () => {
  it('makes one of a Brazilian mobile number with and without its ninth digit', () => {
    fc.assert(
      fc.property(digits(2), fc.integer({ min: 6, max: 9 }), digits(7), (area, first, rest) => {
        const short = `55${area}${first}${rest}`;
        const long = `55${area}9${first}${rest}`;
        expect(canonicalPhone(short)).toBe(canonicalPhone(long));
      }),
      runs,
    );
  });

  it('leaves Brazilian landlines as they are: 2 to 5 is no mobile number', () => {
    fc.assert(
      fc.property(digits(2), fc.integer({ min: 2, max: 5 }), digits(7), (area, first, rest) => {
        const landline = `55${area}${first}${rest}`;
        expect(canonicalPhone(landline)).toBe(landline);
      }),
      runs,
    );
  });

  it('makes one of Mexican numbers with and without 1, Argentinian with and without 9', () => {
    fc.assert(
      fc.property(digits(10), (local) => {
        expect(canonicalPhone(`521${local}`)).toBe(canonicalPhone(`52${local}`));
        const city = `1${local.slice(1)}`;
        expect(canonicalPhone(`549${city}`)).toBe(canonicalPhone(`54${city}`));
      }),
      runs,
    );
  });

  it('never makes one of two numbers that differ in their last eight digits', () => {
    fc.assert(
      fc.property(digits(12), digits(12), (a, b) => {
        fc.pre(a.slice(-8) !== b.slice(-8));
        expect(canonicalPhone(a)).not.toBe(canonicalPhone(b));
      }),
      runs,
    );
  });

  it('is settled after one step', () => {
    expect(canonicalPhone(canonicalPhone('549900000000'))).toBe(canonicalPhone('549900000000'));
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,15}$/), (number) => {
        expect(canonicalPhone(canonicalPhone(number))).toBe(canonicalPhone(number));
      }),
      runs,
    );
  });
});

describe('matchKeysOf', () => {
  it('keeps the value as received beside the key that spellings share', () => {
    expect(matchKeysOf({ phone: '551187654321', bsuid: 'BR.1', parentBsuid: 'BR.ENT.2' })).toEqual([
      { kind: 'phone', key: 'phone:5511987654321', value: '551187654321' },
      { kind: 'bsuid', key: 'bsuid:BR.1', value: 'BR.1' },
      { kind: 'parent-bsuid', key: 'parent-bsuid:BR.ENT.2', value: 'BR.ENT.2' },
    ]);
  });

  it('takes an empty phone for none', () => {
    expect(matchKeysOf({ phone: '', bsuid: 'BR.1' })).toEqual([
      { kind: 'bsuid', key: 'bsuid:BR.1', value: 'BR.1' },
    ]);
  });
});

describe('parseTypedPhone', () => {
  it.each([
    ['(11) 91234-5678', '5511912345678'],
    ['+55 11 91234 5678', '5511912345678'],
    ['11 91234-5678', '5511912345678'],
    ['011 91234-5678', '5511912345678'],
    ['+1 415 555 2671', '14155552671'],
  ])('reads %s', (typed, number) => {
    expect(parseTypedPhone(typed)).toBe(number);
  });

  it.each(['', 'oi', '12', '91234-5678-0000-1111'])('refuses %j', (typed) => {
    expect(parseTypedPhone(typed)).toBeNull();
  });

  it('joins an old contact whose number WhatsApp spells without the ninth digit', () => {
    const [received] = matchKeysOf({ phone: '551187654321' });
    const [typed] = matchKeysOf({ phone: parseTypedPhone('(11) 98765-4321') ?? '' });
    expect(typed?.key).toBe(received?.key);
  });
});

describe('maskPhone', () => {
  it('shows enough of a mobile number to tell people apart', () => {
    expect(maskPhone('5511912345678')).toBe('+55 11 ••••-5678');
  });

  it('hides at least four digits of any number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,15}$/), (number) => {
        const shown = maskPhone(number).replace(/\D/g, '');
        expect(shown.length).toBeLessThanOrEqual(Math.max(0, number.length - 4));
      }),
      runs,
    );
  });
});

describe('parseTypedPerson', () => {
  it.each([
    '11987654321',
    '1187654321',
    '(11) 98765-4321',
    '(11) 8765-4321',
    '011 98765-4321',
    '0 15 11 98765-4321',
    '+55 11 98765-4321',
    '+55 (11) 8765 4321',
    '5511987654321',
    '551187654321',
    '  +5511987654321 ',
  ])('reads %s as one number', (typed) => {
    expect(parseTypedPerson(typed)).toEqual({ phone: '5511987654321' });
  });

  it('reads ids of accounts, and those of parents as either kind', () => {
    expect(parseTypedPerson(' br.2003aZ_9 ')).toEqual({ bsuid: 'BR.2003aZ_9' });
    const parent = 'BR.ENT.1122';
    expect(parseTypedPerson('br.ent.1122')).toEqual({ bsuid: parent, parentBsuid: parent });
  });

  it('reads the longest ids that WhatsApp writes', () => {
    const id = `BR.${'9'.repeat(128)}`;
    expect(parseTypedPerson(id)).toEqual({ bsuid: id });
  });

  it('reads nothing into what is neither', () => {
    for (const typed of [
      `BR.${'9'.repeat(129)}`,
      '',
      'Ana',
      '123',
      'BR.',
      'BR.a b',
      '@ana',
      '9'.repeat(30),
    ]) {
      expect([typed, parseTypedPerson(typed)]).toEqual([typed, null]);
    }
  });
});

describe('maskIdentity', () => {
  it('keeps what tells people apart', () => {
    expect(maskIdentity('phone', '+5511987654321')).toBe('+55 11 ••••-4321');
    expect(maskIdentity('bsuid', 'BR.20031234567890')).toBe('BR.••••7890');
    expect(maskIdentity('parent-bsuid', 'BR.ENT.1')).toBe('BR.••••');
  });
});
