declare global {
  // In Node since 20; the library types know it from es2024 on.
  interface String {
    isWellFormed(): boolean;
    toWellFormed(): string;
  }
}

/** What was done to an item that could not be kept as it came; stored as `payload.marks`. */
export type Mark = 'text-cut' | 'text-cleaned' | 'timestamp-replaced';
export type Marks = Set<Mark>;

/** In UTF-16 code units. */
export const longestText = 65_536;
export const longestDetail = 1_024;

const replacement = '\uFFFD';

const cut = (text: string, max: number): string => {
  const last = text.charCodeAt(max - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? max - 1 : max);
};

/**
 * PostgreSQL takes neither NUL nor half of a surrogate pair: each becomes U+FFFD. Longer than `max` is cut, never
 * through the middle of a pair.
 * @returns undefined for anything that is not a string
 */
export const cleanText = (value: unknown, max: number, marks?: Marks): string | undefined => {
  if (typeof value !== 'string') {
    return undefined;
  }
  let text = value;
  if (text.length > max) {
    text = cut(text, max);
    marks?.add('text-cut');
  }
  if (!text.isWellFormed()) {
    text = text.toWellFormed();
    marks?.add('text-cleaned');
  }
  if (text.includes('\0')) {
    text = text.replaceAll('\0', replacement);
    marks?.add('text-cleaned');
  }
  return text;
};
