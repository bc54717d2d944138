/** A refusal the caller can understand. `code` is declared in a contract; nothing of a message or a number goes into it. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, extra: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

export const notFound = (what: string): AppError => new AppError(`${what}-not-found`, 404);

const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** What a transaction was built on has changed meanwhile: released and repeated as a whole, like a serialization failure. */
export class RepeatTransactionError extends Error {
  override readonly name: string = 'RepeatTransactionError';
  readonly code = '40001';
}

/** Deadlock and serialization failure: the whole transaction is worth repeating. */
export const isRetryableTransactionError = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === '40P01' || state === '40001';
};

/** What the triggers of migrations 0004 and 0005 raise. */
export const isGateClosedError = (error: unknown): boolean => sqlState(error) === 'GT001';

/** Connection refused, terminated or starting up: nothing could be decided (G6). */
export const isDatabaseAwayError = (error: unknown): boolean => {
  const state = sqlState(error);
  if (state === undefined) {
    return (
      error instanceof Error &&
      /connection|timeout exceeded when trying to connect/i.test(error.message)
    );
  }
  return /^(08|57P|53)/.test(state) || /^(ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(state);
};
