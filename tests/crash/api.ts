import { setTimeout as sleep } from 'node:timers/promises';

/** What the API said at last; the tries before it got no answer, or 503. */
export interface ApiAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  /** When the request that was answered was written. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** Calls the API as a patient program does: what was not answered is asked again. */
export interface Api {
  /** @param body JSON; of a Buffer the bytes themselves */
  call(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<ApiAnswer>;
  /** Answers that no crash explains: 5xx other than 503. */
  readonly strange: readonly string[];
}

const longestAskingMs = 90_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const requestOf = (
  method: string,
  key: string,
  body: unknown,
  idempotencyKey: string | undefined,
): RequestInit => {
  const headers = {
    authorization: `Bearer ${key}`,
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
  const of = { method, signal: AbortSignal.timeout(20_000) };
  if (body === undefined) {
    return { ...of, headers };
  }
  // Of what kind a file is its bytes tell, not what it calls itself.
  return Buffer.isBuffer(body)
    ? {
        ...of,
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(body),
      }
    : {
        ...of,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
};

export const apiOf = (url: string, key: string): Api => {
  const strange: string[] = [];

  const once = async (
    method: string,
    path: string,
    body: unknown,
    idempotencyKey: string | undefined,
  ): Promise<ApiAnswer | undefined> => {
    const askedAt = Date.now();
    try {
      const request = requestOf(method, key, body, idempotencyKey);
      const response = await fetch(`${url}/api/v1${path}`, request);
      const json: unknown = await response.json().catch(() => ({}));
      if (response.status >= 500 && response.status !== 503) {
        strange.push(`${method} ${path.replace(/[0-9a-f-]{36}/g, ':id')} ${response.status}`);
      }
      if (response.status >= 500) {
        return undefined;
      }
      return {
        status: response.status,
        json: isRecord(json) ? json : {},
        askedAt,
        answeredAt: Date.now(),
      };
    } catch {
      return undefined;
    }
  };
  return {
    strange,
    call: async (method, path, body, idempotencyKey) => {
      const giveUpAt = performance.now() + longestAskingMs;
      for (;;) {
        const answer = await once(method, path, body, idempotencyKey);
        if (answer !== undefined) {
          return answer;
        }
        if (performance.now() > giveUpAt) {
          throw new Error(`${method} was never answered`);
        }
        await sleep(150);
      }
    },
  };
};
