import { createHmac, timingSafeEqual } from 'node:crypto';

const wellFormed = /^sha256=[0-9a-f]{64}$/;

/**
 * Whether `X-Hub-Signature-256` was made over exactly these bytes with this secret (API sheet 4.2). The bytes must be
 * those received: WhatsApp escapes characters in its own way, so parsing and writing again gives another digest.
 * The comparison takes the same time wherever the first difference is. An empty secret signs nothing.
 */
export const isSignedWith = (
  rawBody: Buffer,
  header: string | undefined,
  appSecret: string,
): boolean => {
  if (header === undefined || appSecret === '' || !wellFormed.test(header)) {
    return false;
  }
  const expected = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(header.slice(7), 'hex'));
};
