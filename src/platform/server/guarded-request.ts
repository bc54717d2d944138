import { isIP } from 'node:net';
import { AddressNotAllowedError, lookupAllowed, type Resolve } from './private-address.ts';
import { requestStream, type StreamAnswer, type StreamRequest } from './stream-request.ts';

/** Where a request to an address that somebody else wrote may lead. */
export interface AddressRules {
  /** Which addresses may be connected to. */
  readonly isAllowed: (address: string) => boolean;
  readonly resolve?: Resolve | undefined;
}

/**
 * One request to a web address that somebody else wrote: the addresses judged are the very ones that are connected to, on a
 * connection of its own. Never redirected.
 * @throws AddressNotAllowedError before anything is written, or what the network throws
 */
export const requestGuarded = async (
  url: URL,
  request: Omit<StreamRequest, 'lookup'>,
  { isAllowed, resolve }: AddressRules,
): Promise<StreamAnswer> => {
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isWeb || url.username !== '' || url.password !== '') {
    throw new AddressNotAllowedError();
  }
  // A host that is an address is never looked up, so it is judged here.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isAllowed(literal)) {
    throw new AddressNotAllowedError();
  }
  const answer = await requestStream(url.href, {
    ...request,
    headers: { ...request.headers, connection: 'close' },
    // No second look-up can lead elsewhere.
    lookup: lookupAllowed(isAllowed, resolve),
  });
  const { remoteAddress } = answer.body.socket;
  if (remoteAddress === undefined || !isAllowed(remoteAddress)) {
    answer.body.destroy();
    throw new AddressNotAllowedError();
  }
  return answer;
};
