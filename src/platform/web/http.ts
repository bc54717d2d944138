import type { Problem } from '#platform/shared/problem.ts';
import { compareClocks } from './server-clock.ts';

/** An answer that is not a success, or no answer at all (`network`). Screens word it by `code`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly problem: Partial<Problem>;
  /** How long the server asks to wait (`Retry-After`), when it does. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Partial<Problem>, retryAfterSeconds?: number) {
    super(problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'network' : 'unexpected');
    this.requestId = problem.requestId;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const isProblem = (error: unknown, code: string): error is ApiProblem =>
  error instanceof ApiProblem && error.code === code;

/** What was asked for is not there, or not any more. An id that is none is answered 422: for whoever asked it is the same. */
export const isGone = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 404 || error.status === 422);

const comesAgain: readonly number[] = [401, 408, 425, 429];

/** The server has said no. Anything else, an answer that was cut off too, leaves open what became of the request. */
export const isRefused = ({ status }: ApiProblem): boolean =>
  status >= 400 && status < 500 && !comesAgain.includes(status);

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface RequestOptions {
  query?: Query;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

let onSignedOut: (() => void) | undefined;

/** The router's business: what to do when a session has ended under an open screen. */
export const whenSignedOut = (action: () => void): void => {
  onSignedOut = action;
};

/** For answers that came by another way than `api`. */
export const tellSignedOut = (problem: ApiProblem): void => {
  if (problem.code === 'unauthenticated') onSignedOut?.();
};

const withQuery = (path: string, query: Query = {}): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
};

async function readProblem(response: Response): Promise<ApiProblem> {
  const wait = Number(response.headers.get('retry-after')) || undefined;
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null) {
      return new ApiProblem(response.status, body, wait);
    }
  } catch {
    // A proxy's own page, for instance: the status is all that is known.
  }
  return new ApiProblem(response.status, response.status === 503 ? { code: 'unavailable' } : {});
}

/** The network may fail at the request and in the middle of its answer: both are no answer. */
async function unlessAway<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, { code: 'network' });
  }
}

async function request<T>(
  method: string,
  path: string,
  body: unknown,
  { query, headers, signal }: RequestOptions,
): Promise<T> {
  const askedAt = Date.now();
  const response = await unlessAway(
    fetch(withQuery(path, query), {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }),
  );
  compareClocks(response.headers.get('date'), askedAt);
  if (!response.ok) {
    const problem = await readProblem(response);
    tellSignedOut(problem);
    throw problem;
  }
  // The server promises the shape (its own serializer strips and checks), so the edge trusts it here.
  return (response.status === 204 ? undefined : await unlessAway(response.json())) as T;
}

/** Paths are whole: `api.get<Page<Block>>('/api/v1/blocks', { query: { state: 'active' } })`. */
export const api = {
  get: <T>(path: string, options: RequestOptions = {}) =>
    request<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    request<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    request<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    request<T>('PATCH', path, body, options),
  delete: <T>(path: string, options: RequestOptions = {}) =>
    request<T>('DELETE', path, undefined, options),
};

/** The shape of every list answer. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
