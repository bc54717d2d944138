/**
 * Reading a payload that may be of an older version of ours, or odd: what is not as expected is absent, and nothing
 * throws. Payload shapes: channels/whatsapp/README.md.
 */
export type Payload = Readonly<Record<string, unknown>>;

export const recordOf = (value: unknown): Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : {};

export const recordsOf = (value: unknown): Payload[] =>
  Array.isArray(value) ? value.map(recordOf) : [];

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

export const integerOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null;

/** An address that a screen may turn into a link; whatever else strangers send is none. */
export const webAddressOf = (value: unknown): string | null => {
  const text = textOf(value);
  if (text === null || text.length > 2_048 || !URL.canParse(text)) {
    return null;
  }
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
};

/** One of these words, or nothing. */
export const oneOf = <const T extends string>(words: readonly T[], value: unknown): T | null =>
  words.find((word) => word === value) ?? null;
