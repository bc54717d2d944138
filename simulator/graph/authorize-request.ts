import { createHmac } from 'node:crypto';
import type { Channel } from '../state/channels.ts';
import { GraphError } from './graph-error.ts';

const EXPIRED = 'expired-token';
const INVALID = 'invalid-token';
const NO_PERMISSION = 'no-permission-token';

/** Tokens that always fail, each in its way, for those who want to see how it looks. */
export const SPECIAL_TOKENS = [EXPIRED, INVALID, NO_PERMISSION] as const;

function bearerOf(header: string | undefined, query: unknown): string {
  const fromHeader = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header ?? '')?.[1];
  return fromHeader ?? (typeof query === 'string' ? query : '');
}

/** Refuses a request without a good token; any token is good unless one was set. */
export function authorizeRequest(
  header: string | undefined,
  query: unknown,
  expected: string | null,
): void {
  const token = bearerOf(header, query);
  if (token === '') {
    throw new GraphError(190, {
      message: 'An access token is required to request this resource.',
    });
  }
  if (token === EXPIRED) {
    throw new GraphError(190, {
      subcode: 463,
      message: 'Error validating access token: Session has expired.',
    });
  }
  if (token === NO_PERMISSION) {
    throw new GraphError(10, {
      message: '(#10) Application does not have permission for this action',
    });
  }
  if (token === INVALID || (expected !== null && token !== expected)) {
    throw new GraphError(190, {
      message: 'Invalid OAuth access token - Cannot parse access token',
    });
  }
}

/** A proof is looked at whenever it is given: it must be of this token, by the secret of the app whose token it is. */
export function checkProof(
  header: string | undefined,
  { access_token: token, appsecret_proof: proof }: Record<string, unknown>,
  channel: Channel | undefined,
): void {
  if (proof === undefined || channel === undefined) return;
  const made = createHmac('sha256', channel.appSecret)
    .update(bearerOf(header, token))
    .digest('hex');
  if (proof !== made) {
    throw new GraphError(100, { message: 'Invalid appsecret_proof provided in the API argument' });
  }
}

export function expectedToken(channel: Channel | undefined, common: string | null): string | null {
  return channel?.accessToken ?? common;
}
