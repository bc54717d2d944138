/** Lower case, accents and punctuation gone, the plural of -ão made regular: as `message_words` of migration 0010 does it. */
const foldLine = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, ' ');

const regular = (word: string): string => word.replace(/oes$/, 'ao');

const mostWords = 12;

/** The words of what somebody typed; none when it is punctuation alone. */
export const searchWords = (typed: string): string[] =>
  foldLine(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords);

/** The digits of a number that somebody typed, without Brazil's own; null for anything else. */
export const phoneTyped = (typed: string): string | null => {
  const digits = /^[+\d\s().-]+$/.test(typed) ? typed.replace(/\D/g, '') : '';
  return digits.length < 8 || digits.length > 15 ? null : digits.replace(/^55(?=\d{10,11}$)/, '');
};

/**
 * What they typed as PostgreSQL's `to_tsquery` reads it: all words, and the last one may go on. Words hold no
 * punctuation any more, so nothing in them is an operator.
 * @param phone also found where a number is written in another way
 */
export const toTsQuery = (words: readonly string[], phone: string | null = null): string => {
  const all = words
    .map((word, index) => `'${regular(word)}'${index === words.length - 1 ? ':*' : ''}`)
    .join(' & ');
  return phone === null ? all : `(${all}) | '${phone}':*`;
};

export interface ExcerptPart {
  readonly text: string;
  readonly isMatch: boolean;
}

const before = 40;
const longest = 160;

/** Whether a word of the message is what a typed one stands for, near enough to be shown stronger. */
const answers = (word: string, typed: readonly string[]): boolean =>
  typed.some((one) => {
    // Endings differ, and the stem is at least this much of the shorter one.
    const stem = one.slice(0, Math.max(3, Math.ceil(one.length * 0.7)));
    return word.startsWith(one) || (one.length > 3 && word.startsWith(stem));
  });

/** A piece of a text around the first word that was found, its matches apart. Pure. */
export const excerptOf = (text: string, typed: readonly string[]): ExcerptPart[] => {
  const line = text.replace(/\s+/g, ' ').trim();
  const words = [...line.matchAll(/[^\s!-/:-@[-`{-~]+/g)];
  const found = words.filter(([word]) => answers(foldLine(word).trim(), typed));
  const first = found[0]?.index ?? 0;
  const lead = line.lastIndexOf(' ', Math.max(0, first - before));
  const start = first <= before || lead === -1 ? 0 : lead + 1;
  const end = Math.min(line.length, start + longest);
  const parts: ExcerptPart[] = [];
  const add = (piece: string, isMatch: boolean): void => {
    if (piece !== '') {
      parts.push({ text: piece, isMatch });
    }
  };
  let at = start;
  add(start > 0 ? '…' : '', false);
  for (const match of found) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (from >= at && to <= end) {
      add(line.slice(at, from), false);
      add(line.slice(from, to), true);
      at = to;
    }
  }
  add(line.slice(at, end) + (end < line.length ? '…' : ''), false);
  return parts;
};
