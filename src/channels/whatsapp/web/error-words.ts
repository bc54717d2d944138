import { sentenceOf } from '#features/conversations/failures/contract.ts';
import type { channelWords } from './words.ts';

type Words = (typeof channelWords)['errors'];
export type ErrorWord = keyof Words['kinds'];

/** Whole hundreds that are about one thing (docs/whatsapp-cloud-api.md, 2.9). */
const ranges: readonly (readonly [from: number, to: number, word: ErrorWord])[] = [
  [132_000, 132_018, 'template'],
  [133_000, 133_016, 'number'],
  [138_000, 138_023, 'call'],
  [139_000, 139_004, 'flow'],
  [147_001, 147_005, 'username'],
  [2_388_000, 2_388_999, 'template'],
  [2_593_107, 2_593_108, 'sync'],
];

/** By the same sentences as a message that failed, told of a number; undefined for a code that nobody words. */
export const errorWordOf = (code: number, kinds: Words['kinds']): string | undefined => {
  const sentence = sentenceOf(`whatsapp-${code}`);
  const own = sentence !== null && sentence in kinds ? (sentence as ErrorWord) : undefined;
  const word = own ?? ranges.find(([from, to]) => code >= from && code <= to)?.[2];
  return word === undefined ? undefined : kinds[word];
};
