/** Reading WhatsApp's JSON: nothing in it is taken for granted, and nothing here throws, whatever the types are. */

/** One JSON object of theirs. Fields that nobody asks for are left where they are. */
export type Wire = Readonly<Record<string, unknown>>;

const nothing: Wire = Object.freeze({});
const noItems: readonly unknown[] = Object.freeze([]);

export const isWire = (value: unknown): value is Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An empty object for everything that is not one. */
export const asWire = (value: unknown): Wire => (isWire(value) ? value : nothing);

/** An empty list for everything that is not one. */
export const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : noItems;

/**
 * An opaque id or a short code word, taken whole or not at all: a changed id would be another one.
 * Absent, empty, too long, and what PostgreSQL cannot hold are all the same to us.
 */
export const asId = (value: unknown, max = 512): string | undefined => {
  if (typeof value === 'string') {
    const isUsable =
      value.length > 0 && value.length <= max && !value.includes('\0') && value.isWellFormed();
    return isUsable ? value : undefined;
  }
  return Number.isSafeInteger(value) ? String(value) : undefined;
};

const plainDigits = /^\d{3,20}$/;
const writtenNumber = /^\+?[\d\s().-]{3,40}$/;

/** A phone number as digits only; undefined for everything that does not look like one (a BSUID, an empty string). */
export const asPhone = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    return undefined;
  }
  if (plainDigits.test(text)) {
    return text;
  }
  const digits = writtenNumber.test(text) ? text.replace(/\D/g, '') : '';
  return plainDigits.test(digits) ? digits : undefined;
};

/** A number written as one or as text; several fields are told both ways by their own documents. */
export const asNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

export const asInteger = (value: unknown): number | undefined => {
  const number = asNumber(value);
  return Number.isSafeInteger(number) ? number : undefined;
};

/** A code word of theirs, short and of few letters. Too many for the name of a counter (counter-names.ts). */
export const asSlug = (value: unknown): string => {
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return /^[a-z0-9_-]{1,40}$/.test(word) ? word : 'other';
};

/** Without the keys that are undefined. */
export const present = (fields: Wire): Record<string, unknown> => {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    if (fields[key] !== undefined) {
      kept[key] = fields[key];
    }
  }
  return kept;
};
