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

/** A table was changed under a statement that its connection keeps, or the statement is not known there any more (kept-plans.ts). */
export const isOutdatedStatementError = (error: unknown): boolean =>
  sqlState(error) === '26000' ||
  (sqlState(error) === '0A000' &&
    error instanceof Error &&
    error.message.includes('cached plan must not change result type'));

/**
 * Deadlock, serialization failure, what a time-out of the connection ended (db.ts), a statement of another time: the whole
 * transaction is worth repeating, and if that does not help the caller is asked to come again.
 */
export const isRetryableTransactionError = (error: unknown): boolean =>
  ['40P01', '40001', '55P03', '57014', '25P03'].includes(sqlState(error) ?? '') ||
  isOutdatedStatementError(error);

/** What the triggers of migrations 0004 and 0005 raise. */
export const isGateClosedError = (error: unknown): boolean => sqlState(error) === 'GT001';

/** The values themselves cannot be stored, now or later: bad data, a broken constraint, too much for a row or an index. */
export const isDataError = (error: unknown): boolean =>
  /^(22|23|54)[0-9A-Z]{3}$/.test(sqlState(error) ?? '');

/** What pg says without a code. */
const awayMessage =
  /^(Connection terminated|Connection ended|Client (has encountered|was closed)|Cannot use a pool after|timeout (expired|exceeded)|Query read timeout)/;
/**
 * Not all of class 53: a full lock table (53200) is the fault of one transaction, which falls apart into smaller ones.
 */
const awayStates = /^(08|57P|53100|53300)/;
const awayCalls =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOENT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN)/;

/** Unreachable, terminated, full or starting up: nothing could be decided (G6). */
export const isDatabaseAwayError = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === undefined
    ? error instanceof Error && awayMessage.test(error.message)
    : awayStates.test(state) || awayCalls.test(state);
};
