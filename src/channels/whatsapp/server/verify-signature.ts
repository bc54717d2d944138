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

/** Bytes that are hashed for one body, whoever sent it: 3 MB take 10 ms, under every secret of a large installation a second. */
export const mostHashed = 32 * 1024 * 1024;

/**
 * Which secret a body is signed with: each that is asked for is tried once, and none after the one that fits. Whoever invents
 * bodies has no secret, and must not be able to make us try them all over a large one: beyond `mostHashed` the answer is no.
 */
export const signatureOf = (body: Buffer, header: string | undefined) => {
  const tried = new Set<string>();
  let signer: string | undefined;
  return (secret: string): boolean => {
    const isWorthTrying =
      signer === undefined &&
      !tried.has(secret) &&
      (tried.size === 0 || (tried.size + 1) * body.length <= mostHashed);
    if (isWorthTrying) {
      tried.add(secret);
      signer = isSignedWith(body, header, secret) ? secret : undefined;
    }
    return secret === signer;
  };
};
