import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The version is part of it: another cipher one day gets another prefix, and both can be read for as long as rows have both. */
const prefix = 'sealed:v1:';
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export const isSealed = (text: string): boolean => text.startsWith(prefix);

/**
 * Encrypts a text (AES-256-GCM).
 * @param place where it is kept; what is found in another place cannot be opened there
 */
export const sealText = (key: Buffer, text: string, place: string): string => {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  sealing.setAAD(Buffer.from(place, 'utf8'));
  const body = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return prefix + Buffer.concat([nonce, sealing.getAuthTag(), body]).toString('base64url');
};

/** Undefined when it was sealed under another key or for another place, was changed, or never sealed. */
export const unsealText = (key: Buffer, sealed: string, place: string): string | undefined => {
  const bytes = Buffer.from(isSealed(sealed) ? sealed.slice(prefix.length) : '', 'base64url');
  if (bytes.byteLength < nonceBytes + tagBytes) {
    return undefined;
  }
  const bodyStart = nonceBytes + tagBytes;
  try {
    const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    opening.setAAD(Buffer.from(place, 'utf8'));
    opening.setAuthTag(bytes.subarray(nonceBytes, bodyStart));
    return Buffer.concat([opening.update(bytes.subarray(bodyStart)), opening.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
};
