import { createHash, randomBytes } from 'node:crypto';
import { countryOf } from './phone-forms.ts';

/**
 * A message id built like the real ones: a thrift-like frame in base64 that holds the digits of
 * the person's number, a direction byte and a random key in hexadecimal text.
 */
export function makeMessageId(digits: string, direction: 'in' | 'out'): string {
  const person = Buffer.from(digits.slice(0, 32), 'ascii');
  const key = Buffer.from(
    randomBytes(direction === 'in' ? 16 : 9)
      .toString('hex')
      .toUpperCase(),
  );
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, person.length]),
    person,
    Buffer.from([0x15, 0x02, 0x00, direction === 'in' ? 0x12 : 0x11, 0x18, key.length]),
    key,
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString('base64')}`;
}

export function makeCallId(): string {
  return `wacid.${randomBytes(24).toString('base64')}`;
}

export function makeTraceId(): string {
  return `A${randomBytes(16).toString('base64url').slice(0, 21)}`;
}

function decimals(seed: string, count: number): string {
  const hash = createHash('sha256').update(seed).digest();
  const number = BigInt(`0x${hash.subarray(0, 16).toString('hex')}`).toString();
  return number.padStart(count, '7').slice(-count);
}

/** The business-scoped user id of a number: the same for every number of one portfolio. */
export function makeUserId(portfolio: string, digits: string): string {
  return `${countryOf(digits)}.${decimals(`${portfolio}|${digits}`, 20)}`;
}

/** The id of a business portfolio. */
export function makePortfolioId(portfolio: string): string {
  return decimals(`portfolio|${portfolio}`, 15);
}

export function makeParentUserId(portfolio: string, digits: string): string {
  return `${countryOf(digits)}.ENT.${decimals(`parent|${portfolio}|${digits}`, 18)}`;
}

/** BSUID shape: country, dot, letters and digits; a parent one has `ENT.` in the middle. */
export function looksLikeUserId(text: string): boolean {
  return /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(text);
}

export function isParentUserId(text: string): boolean {
  return /^[A-Z]{2}\.ENT\./.test(text);
}
