/** Digits of a phone number however it was typed. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Whether the text is shaped like a phone number Meta would look up at all. */
export function looksLikePhone(text: string): boolean {
  return /^[+\d\s().-]+$/.test(text) && /^\d{8,15}$/.test(digitsOf(text));
}

/**
 * One form for all spellings of one number: Brazil without the ninth digit, Mexico without the 1
 * after 52, Argentina without the 9 after 54.
 */
export function canonicalPhone(digits: string): string {
  if (/^55\d{2}9[6-9]\d{7}$/.test(digits)) return digits.slice(0, 4) + digits.slice(5);
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  if (/^549\d{8,11}$/.test(digits)) return `54${digits.slice(3)}`;
  return digits;
}

const KEEPS_THE_NINE = new Set([21, 22, 24, 27, 28]);

function dropsTheNine(digits: string): boolean {
  const areaCode = Number(digits.slice(2, 4));
  return areaCode > 19 && !KEEPS_THE_NINE.has(areaCode);
}

export type RewriteMode = 'off' | 'heuristic' | 'always';

/** The WhatsApp ID an account of this number has, by the habits of its country. */
export function waIdFor(digits: string, mode: RewriteMode): string {
  if (mode === 'off') return digits;
  if (/^55\d{2}9[6-9]\d{7}$/.test(digits) && (mode === 'always' || dropsTheNine(digits))) {
    return canonicalPhone(digits);
  }
  if (/^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`;
  if (/^54[1-8]\d{9}$/.test(digits)) return `549${digits.slice(2)}`;
  return digits;
}

const COUNTRIES: readonly (readonly [string, string])[] = [
  ['351', 'PT'],
  ['598', 'UY'],
  ['595', 'PY'],
  ['244', 'AO'],
  ['258', 'MZ'],
  ['55', 'BR'],
  ['54', 'AR'],
  ['52', 'MX'],
  ['56', 'CL'],
  ['57', 'CO'],
  ['34', 'ES'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['1', 'US'],
];

/** ISO country of a number, `US` when unknown: only the prefix of made-up ids hangs on it. */
export function countryOf(digits: string): string {
  return COUNTRIES.find(([prefix]) => digits.startsWith(prefix))?.[1] ?? 'US';
}

/** Dials as Meta does: without a plus, a short number gets the country code of the business. */
export function dial(input: string, businessDigits: string): string {
  const digits = digitsOf(input);
  if (input.trim().startsWith('+') || digits.length > 11) return digits;
  if (!businessDigits.startsWith('55')) return digits;
  return /^[1-9]\d(9\d{8}|[2-8]\d{7}|[6-9]\d{7})$/.test(digits) ? `55${digits}` : digits;
}
