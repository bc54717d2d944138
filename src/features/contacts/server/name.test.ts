import { describe, expect, it } from 'vitest';
import { displayName } from './name.ts';

const everything = {
  givenName: 'Dona Ana',
  addressBookName: 'Ana do bolo',
  profileName: 'ana ✨',
  username: 'ana.p',
  phone: '5511987654321',
  nameWithheld: null,
};

describe('what a contact is called', () => {
  it.each([
    ['the name the team gave', {}, 'Dona Ana'],
    ['the name in the address book', { givenName: null }, 'Ana do bolo'],
    ['the name chosen on WhatsApp', { givenName: null, addressBookName: null }, 'ana ✨'],
    ['the user name', { givenName: null, addressBookName: null, profileName: null }, '@ana.p'],
    [
      'the number',
      { givenName: '', addressBookName: '', profileName: '', username: '' },
      '+5511987654321',
    ],
    [
      'a dash',
      { givenName: null, addressBookName: null, profileName: null, username: null, phone: null },
      '—',
    ],
  ])('is %s, when nothing better is known', (_, without, expected) => {
    expect(displayName({ ...everything, ...without })).toBe(expected);
  });

  it.each([
    ['covered', {}, '+55 11 ••••-4321'],
    ['removed', {}, '+55 11 ••••-4321'],
    ['removed', { phone: null }, '—'],
    ['removed', { givenName: 'Dona Ana' }, 'Dona Ana'],
  ] as const)('is the masked number where the name is %s', (nameWithheld, known, expected) => {
    const nothing = { givenName: null, addressBookName: null, profileName: null, username: null };
    expect(displayName({ ...everything, ...nothing, nameWithheld, ...known })).toBe(expected);
  });
});
