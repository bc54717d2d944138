import { hkdfSync, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const stretchBytes = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/**
 * 4 MB and about 8 ms of one core for each number: 64,000 take some minutes in a job, a message from somebody new waits for
 * one of them, and trying all mobile numbers of Brazil takes years of a core, for those who have the key; without the key
 * nothing can be tried at all (decision 0034).
 */
const cost = { N: 4_096, r: 8, p: 1 } as const;
const stretchedBytes = 16;

/** What the numbers of a list are stretched under; made of the key alone, so that lists under one key are compared at once. */
export const saltOf = (key: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key.trim().toLowerCase(), 'guarita', 'exchange-list-v1', 32));

/** As many letters as 160 random bits have, easy to read out: `a2c4-…`. */
export const makeKey = (): string =>
  (
    randomBytes(20)
      .toString('hex')
      .match(/.{1,5}/g) ?? []
  ).join('-');

/** @param matchKey the canonical spelling: with and without the ninth digit a number stretches to the same */
export const stretch = (salt: Buffer, matchKey: string): Promise<Buffer> =>
  stretchBytes(matchKey, salt, stretchedBytes, cost);

/** Tells whether a key is a list's, as dear to try as a number is. */
export const keyCheckOf = (salt: Buffer): Promise<Buffer> => stretch(salt, 'key-check');

/** Node works on four at once. */
const atOnce = 4;

/** All of them, in order, a few at a time. */
export const stretchAll = async (salt: Buffer, matchKeys: readonly string[]): Promise<Buffer[]> => {
  const done: Buffer[] = [];
  for (let from = 0; from < matchKeys.length; from += atOnce) {
    const piece = matchKeys.slice(from, from + atOnce);
    done.push(...(await Promise.all(piece.map((matchKey) => stretch(salt, matchKey)))));
  }
  return done;
};
