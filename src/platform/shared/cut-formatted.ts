import { plainWords } from './formatted-text.ts';

const signs = ['*', '_', '~', '`', '```'];

/** What may close at a cut: nothing, or up to three signs, each once, in any order. */
const closings = (deep = 3): string[] => {
  const all = [''];
  let last: string[][] = [[]];
  for (let n = 0; n < deep; n += 1) {
    last = last.flatMap((chosen) =>
      signs.filter((sign) => !chosen.includes(sign)).map((sign) => [...chosen, sign]),
    );
    all.push(...last.map((chosen) => chosen.join('')));
  }
  return all;
};
const everyClosing = closings();

/**
 * The beginning of a text for one line of a list. A sign of WhatsApp's formatting that is closed behind the cut is closed at it, so
 * that what is shown there begins like the whole; a sign that is never closed stays the sign that it is. Pure.
 */
export const cutFormatted = (text: string, length: number): string => {
  const chars = Array.from(text.slice(0, 2 * length + 1));
  if (chars.length <= length) {
    return text;
  }
  const cut = chars.slice(0, length).join('').trimEnd();
  if (!/[*_~`]/.test(cut)) {
    return cut;
  }
  const whole = plainWords(text);
  // Half a row of signs at the cut is none.
  for (const begin of [cut, cut.replace(/[*_~`\s]+$/, '')]) {
    const closing = everyClosing.find((end) => whole.startsWith(plainWords(begin + end)));
    if (closing !== undefined) {
      return begin + closing;
    }
  }
  return cut;
};
