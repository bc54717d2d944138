import { isIP } from 'node:net';
import { AppError } from '#platform/server/errors.ts';
import { isPrivateAddress } from '#platform/server/private-address.ts';

/**
 * What can be said of an address before anything is sent there; where its name leads is judged at each request.
 * @param mayBePrivate the installation's switch: also without TLS, and in our own network
 * @throws AppError webhook-url-not-allowed (422)
 */
export const checkUrl = (text: string, mayBePrivate: boolean): void => {
  const url = new URL(text);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const isPrivate = isIP(literal) !== 0 ? isPrivateAddress(literal) : literal === 'localhost';
  const isOpen = url.protocol === 'https:' && !isPrivate;
  if (url.username !== '' || url.password !== '' || !(isOpen || mayBePrivate)) {
    throw new AppError('webhook-url-not-allowed', 422);
  }
};
