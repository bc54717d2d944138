import { createHmac } from 'node:crypto';

/** JSON as Meta writes it: everything beyond ASCII as `\uXXXX` in lower-case hexadecimal. */
export function encodeBody(body: unknown, escapeSlashes = false): Buffer {
  const escaped = JSON.stringify(body).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(escapeSlashes ? escaped.replaceAll('/', '\\/') : escaped, 'latin1');
}

/** Value of `X-Hub-Signature-256` for these bytes. */
export function signBody(bytes: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
}
