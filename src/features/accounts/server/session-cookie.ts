import { createHmac, timingSafeEqual } from 'node:crypto';

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** The value of one cookie of a Cookie header; the first of its name, as better-auth reads it. */
export const readCookie = (header: string | undefined, name: string): string | undefined => {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) {
      return decode(part.slice(equals + 1).trim());
    }
  }
  return undefined;
};

/** better-auth signs its cookies as `value.base64(HMAC-SHA256(value))`. */
export const unsign = (signed: string | undefined, secret: string): string | undefined => {
  const dot = signed?.lastIndexOf('.') ?? -1;
  if (signed === undefined || dot < 1) {
    return undefined;
  }
  const value = signed.slice(0, dot);
  const given = Buffer.from(signed.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(value).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? value : undefined;
};
