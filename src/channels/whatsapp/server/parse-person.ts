import type { PersonNames, PersonRef } from '../../channel.ts';
import { cleanText } from './clean-text.ts';
import { asId, asList, asPhone, asWire, type Wire } from './wire.ts';

/** One person with the names that came beside. */
export interface Party {
  readonly person: PersonRef;
  readonly names: PersonNames;
}

/** The entry of `contacts[]` that belongs to a message. */
export type ContactLookup = (person: PersonRef) => Party | undefined;

export const longestProfileName = 200;
const longestUsername = 100;
/** A country code, a dot, at most 128 characters, `ENT.` in between for a parent's (API sheet 6). */
const longestBsuid = 160;

export const readPerson = (phone: unknown, bsuid: unknown, parentBsuid: unknown): PersonRef => {
  const person: { phone?: string; bsuid?: string; parentBsuid?: string } = {};
  const digits = asPhone(phone);
  if (digits !== undefined) {
    person.phone = digits;
  }
  const id = asId(bsuid, longestBsuid);
  if (id !== undefined) {
    person.bsuid = id;
  }
  const parentId = asId(parentBsuid, longestBsuid);
  if (parentId !== undefined) {
    person.parentBsuid = parentId;
  }
  return person;
};

export const isNobody = (person: PersonRef): boolean =>
  person.phone === undefined && person.bsuid === undefined && person.parentBsuid === undefined;

/** Cleaned and cut; undefined for what is no name at all. */
export const readName = (value: unknown, max: number): string | undefined => {
  const name = cleanText(value, max);
  return name === undefined || name.trim() === '' ? undefined : name;
};

export const readNames = (profileName: unknown, username: unknown): PersonNames => {
  const names: { profileName?: string; username?: string } = {};
  const chosen = readName(profileName, longestProfileName);
  if (chosen !== undefined) {
    names.profileName = chosen;
  }
  const handle = readName(username, longestUsername);
  if (handle !== undefined) {
    names.username = handle;
  }
  return names;
};

const readContact = (value: unknown): Party => {
  const contact = asWire(value);
  const profile = asWire(contact['profile']);
  return {
    person: readPerson(contact['wa_id'], contact['user_id'], contact['parent_user_id']),
    names: readNames(profile['name'], profile['username']),
  };
};

/**
 * One number in the spelling that its two spellings share. In Brazil, Mexico and Argentina `from` and `wa_id` of one
 * person may differ by a digit that was added later (API sheet 7); used here for joining only.
 */
const withoutAddedDigit = (phone: string): string => {
  if (/^55\d{2}9[6-9]\d{7}$/.test(phone)) {
    return phone.slice(0, 4) + phone.slice(5);
  }
  return /^(?:521\d{10}|549\d{8,11})$/.test(phone) ? phone.slice(0, 2) + phone.slice(3) : phone;
};

export const isSamePhone = (a: string, b: string): boolean =>
  a === b || withoutAddedDigit(a) === withoutAddedDigit(b);

/** Says what both sides know, decisive first; undefined when they have nothing to compare. */
const isSamePerson = (a: PersonRef, b: PersonRef): boolean | undefined => {
  if (a.bsuid !== undefined && b.bsuid !== undefined) {
    return a.bsuid === b.bsuid;
  }
  if (a.phone !== undefined && b.phone !== undefined) {
    return isSamePhone(a.phone, b.phone);
  }
  return undefined;
};

const noContacts: ContactLookup = () => undefined;

/** Few contacts are looked through; many are looked up, or a batch of a thousand would take a million comparisons. */
const fewEnough = 16;

const byKeys = (parties: readonly Party[]): ContactLookup => {
  const known = new Map<string, Party>();
  for (const party of parties) {
    if (party.person.bsuid !== undefined) {
      known.set(party.person.bsuid, party);
    }
    if (party.person.phone !== undefined) {
      known.set(withoutAddedDigit(party.person.phone), party);
    }
  }
  return (person) => {
    const byBsuid = person.bsuid === undefined ? undefined : known.get(person.bsuid);
    const byPhone =
      person.phone === undefined ? undefined : known.get(withoutAddedDigit(person.phone));
    const found = byBsuid ?? byPhone;
    return found !== undefined && isSamePerson(found.person, person) === true ? found : undefined;
  };
};

/**
 * Joins by BSUID or by phone; the only contact of a change is its message's even when there is nothing to compare,
 * but never against what either of them says.
 */
export const contactLookup = (contacts: unknown): ContactLookup => {
  const list = asList(contacts);
  if (list.length === 0) {
    return noContacts;
  }
  const parties = list.map(readContact);
  if (parties.length > fewEnough) {
    return byKeys(parties);
  }
  const only = parties.length === 1 ? parties[0] : undefined;
  return (person) => {
    if (only !== undefined) {
      return isSamePerson(only.person, person) === false ? undefined : only;
    }
    return parties.find((party) => isSamePerson(party.person, person) === true);
  };
};

/** A message's own fields win: its phone is the one to answer, as received. What it leaves out comes from beside it. */
export const joinParties = (own: PersonRef, ...beside: readonly (Party | undefined)[]): Party => {
  let person = own;
  let names: PersonNames = {};
  for (const party of beside) {
    if (party !== undefined) {
      person = { ...party.person, ...person };
      names = { ...party.names, ...names };
    }
  }
  return { person, names };
};

/** Who wrote, or, of what our own side sent, to whom. */
export const readParty = (
  message: Wire,
  direction: 'in' | 'out',
  contacts: ContactLookup,
  thread?: Party,
): Party => {
  const side = direction === 'in' ? 'from' : 'to';
  const own =
    side === 'from'
      ? readPerson(message['from'], message['from_user_id'], message['from_parent_user_id'])
      : readPerson(message['to'], message['to_user_id'], message['to_parent_user_id']);
  return joinParties(own, contacts(own), thread);
};
