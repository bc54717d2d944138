import { createHmac, hkdfSync } from 'node:crypto';

/** Hashes that only this installation can make; one derived key for each purpose. */
export interface Keyed {
  /** HMAC-SHA256 of `text` under the key of `purpose`, 32 bytes. */
  hash(
    purpose:
      | 'dropped-item'
      | 'purged-item'
      | 'api-key'
      | 'secret-check'
      | 'one-time-code'
      | 'failed-attempt',
    text: string,
  ): Buffer;
  /** A secret for a library that wants one of its own (hex). */
  derive(purpose: 'sessions'): string;
}

export const createKeyed = (secret: string): Keyed => {
  const keys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    const known = keys.get(purpose);
    if (known !== undefined) {
      return known;
    }
    const key = Buffer.from(hkdfSync('sha256', secret, 'guarita', purpose, 32));
    keys.set(purpose, key);
    return key;
  };
  return {
    hash: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest(),
    derive: (purpose) => keyFor(purpose).toString('hex'),
  };
};
