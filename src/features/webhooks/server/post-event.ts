import { type AddressRules, requestGuarded } from '#platform/server/guarded-request.ts';
import { AddressNotAllowedError } from '#platform/server/private-address.ts';
import type { AttemptError } from '../contract.ts';
import type { SignedHeaders } from './sign.ts';

/** How a try ended: what was answered, and what was wrong with it. */
export interface PostOutcome {
  readonly status: number | null;
  readonly error: AttemptError | null;
  /** How long the receiver asks to be left alone. */
  readonly retryAfterMs?: number;
}

export interface PostRules extends AddressRules {
  readonly timeoutMs: number;
}

const longestWaitMs = 24 * 60 * 60_000;

/** Seconds only: a date would be by a clock that is not ours. */
const retryAfterOf = (header: string | undefined): { retryAfterMs?: number } => {
  const seconds = /^\d{1,6}$/.test(header ?? '') ? Number(header) : undefined;
  return seconds === undefined ? {} : { retryAfterMs: Math.min(seconds * 1000, longestWaitMs) };
};

const errorOf = (status: number): AttemptError | null => {
  if (status >= 200 && status < 300) {
    return null;
  }
  return status >= 300 && status < 400 ? 'redirect' : 'bad-status';
};

async function* bytesOf(body: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(body, 'utf8');
}

/**
 * One POST. Never redirected, its answer not read beyond the status.
 * @returns never throws: what went wrong is the outcome
 */
export const postEvent = async (
  url: string,
  body: string,
  signed: SignedHeaders,
  rules: PostRules,
): Promise<PostOutcome> => {
  const signal = AbortSignal.timeout(rules.timeoutMs);
  try {
    const answer = await requestGuarded(
      new URL(url),
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Guarita', ...signed },
        body: { bytes: bytesOf(body), length: Buffer.byteLength(body) },
        signal,
      },
      rules,
    );
    answer.body.destroy();
    const { status, headers } = answer;
    return { status, error: errorOf(status), ...retryAfterOf(headers['retry-after']) };
  } catch (error) {
    if (error instanceof AddressNotAllowedError) {
      return { status: null, error: 'address-not-allowed' };
    }
    return { status: null, error: signal.aborted ? 'timeout' : 'unreachable' };
  }
};
