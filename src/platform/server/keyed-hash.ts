import { createHmac, hkdfSync } from 'node:crypto';
import { sealText, unsealText } from './sealed-text.ts';

/**
 * What is sealed: secrets of channels, those that webhooks are signed with, keys of lists that units exchange, and fingerprints in
 * the journal.
 */
type SealPurpose = 'channel-secret' | 'webhook-secret' | 'exchange-key' | 'journal-print';

/** Hashes and seals that only this installation can make; one derived key for each purpose. */
export interface Keyed {
  /** HMAC-SHA256 of `text` under the key of `purpose`, 32 bytes. */
  hash(
    purpose:
      | 'dropped-item'
      | 'purged-item'
      | 'answered-request'
      | 'api-key'
      | 'secret-check'
      | 'one-time-code'
      | 'failed-attempt'
      | 'audit-seal'
      | 'journal-line'
      | 'journal-identity'
      | 'exchange-key'
      | 'exchange-lookup',
    text: string,
  ): Buffer;
  /** A secret for a library that wants one of its own (hex). */
  derive(purpose: 'sessions'): string;
  /** Encrypts a text that must be had again; it opens only for the same purpose and place (decision 0025). */
  seal(purpose: SealPurpose, text: string, place: string): string;
  /** Undefined when it is not what `seal` of this installation made for this place. */
  unseal(purpose: SealPurpose, sealed: string, place: string): string | undefined;
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
    seal: (purpose, text, place) => sealText(keyFor(purpose), text, place),
    unseal: (purpose, sealed, place) => unsealText(keyFor(purpose), sealed, place),
  };
};
