import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** The names by which WhatsApp may know one person; at least one is present. */
export interface PersonRef {
  readonly phone?: string;
  readonly bsuid?: string;
  readonly parentBsuid?: string;
  /** The business portfolio whose numbers see that `bsuid`; absent: not known. */
  readonly portfolioId?: string;
}

export type IdentityKind = 'phone' | 'bsuid' | 'parent-bsuid' | 'lid';

/** One identity of a person in the form in which two spellings of it are equal. */
export interface MatchKey {
  readonly kind: IdentityKind;
  /** `<kind>:<canonical value>` */
  readonly key: string;
  /** As received: what is answered and blocked with. */
  readonly value: string;
  /** Of a business-scoped id the portfolio whose numbers see it; absent: not known. */
  readonly portfolioId?: string;
}

/**
 * Brazil wrote a ninth digit before mobile numbers (their local part starts with 6-9), Mexico a 1 and Argentina a 9
 * after the country code; accounts opened before keep the older form. See the API sheet, section 7.
 * @param digits an international number, digits only
 */
export const canonicalPhone = (digits: string): string => {
  if (/^55\d{2}[6-9]\d{7}$/.test(digits)) {
    return `${digits.slice(0, 4)}9${digits.slice(4)}`;
  }
  if (/^521\d{10}$/.test(digits)) {
    return `52${digits.slice(3)}`;
  }
  // Ten digits after the 9, no fewer: a 9 after the country code may begin an area code as well.
  if (/^549\d{10}$/.test(digits)) {
    return `54${digits.slice(3)}`;
  }
  return digits;
};

/** All match keys of a person, each once. An empty string means absent (older webhooks). */
export const matchKeysOf = (person: PersonRef): MatchKey[] => {
  const keys: MatchKey[] = [];
  const digits = (person.phone ?? '').replace(/\D/g, '');
  if (digits !== '') {
    keys.push({ kind: 'phone', key: `phone:${canonicalPhone(digits)}`, value: digits });
  }
  if (person.bsuid) {
    const { bsuid, portfolioId } = person;
    const known = portfolioId === undefined ? {} : { portfolioId };
    keys.push({ kind: 'bsuid', key: `bsuid:${bsuid}`, value: bsuid, ...known });
  }
  if (person.parentBsuid) {
    keys.push({
      kind: 'parent-bsuid',
      key: `parent-bsuid:${person.parentBsuid}`,
      value: person.parentBsuid,
    });
  }
  return keys;
};

/**
 * Reads a number as people of the installation's country type it: "(11) 91234-5678", "+55 11 91234 5678".
 * @returns international digits, or null when no number can look like that
 */
export const parseTypedPhone = (typed: string): string | null => {
  const parsed = parsePhoneNumberFromString(typed, 'BR');
  if (parsed === undefined || !parsed.isPossible()) {
    return null;
  }
  return canonicalPhone(parsed.number.replace(/\D/g, ''));
};

/** As WhatsApp writes them: a country, `ENT` in the parent's, and what tells people apart. */
const accountId = /^([a-z]{2})\.(ent\.)?([\w-]{1,128})$/i;

/**
 * Reads WhatsApp's own id of an account. One of a parent account may come as either kind, so it stands for both.
 * @returns null when it can be none
 */
export const parseTypedAccount = (typed: string): PersonRef | null => {
  const [, country, parent, rest] = accountId.exec(typed.trim()) ?? [];
  if (country === undefined || rest === undefined) {
    return null;
  }
  const id = `${country.toUpperCase()}.${parent?.toUpperCase() ?? ''}${rest}`;
  return parent === undefined ? { bsuid: id } : { bsuid: id, parentBsuid: id };
};

/**
 * Reads what a person types to name somebody: a number in any form, or an id of an account.
 * @returns null when it can be neither
 */
export const parseTypedPerson = (typed: string): PersonRef | null => {
  const account = parseTypedAccount(typed);
  if (account !== null) {
    return account;
  }
  const phone = parseTypedPhone(typed);
  return phone === null ? null : { phone };
};

/** `+5511912345678` → `+55 11 ••••-5678`: enough to tell people apart in a log, not enough to call them. */
export const maskPhone = (digits: string): string => {
  if (digits.length < 8) {
    return '••••';
  }
  const ending = `••••-${digits.slice(-4)}`;
  return digits.length < 12 ? ending : `+${digits.slice(0, 2)} ${digits.slice(2, 4)} ${ending}`;
};

/** As `maskPhone`, for every kind: of an account's id its beginning, which names a country, and its end. */
export const maskIdentity = (kind: string, value: string): string => {
  if (kind === 'phone') {
    return maskPhone(value.replace(/\D/g, ''));
  }
  const country = /^[A-Z]{2}\./.exec(value)?.[0] ?? '';
  return value.length < country.length + 8 ? `${country}••••` : `${country}••••${value.slice(-4)}`;
};
