import { describe, expect, it } from 'vitest';
import { displayName } from './name.ts';

const everything = {
  givenName: 'Dona Ana',
  addressBookName: 'Ana do bolo',
  profileName: 'ana ✨',
  username: 'ana.p',
  phone: '5511987654321',
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
});
