const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** Whether PostgreSQL said it: its texts may quote rows, its code tells the kind of failure. */
const isFromDatabase = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'severity' in error;

/** Several failures in one (an address for each family of IP) have no text of their own. */
const firstOf = (error: unknown): unknown =>
  error instanceof AggregateError && error.message === '' && error.errors.length > 0
    ? firstOf(error.errors[0])
    : error;

const causeOf = (error: Error): string => {
  const cause = firstOf(error.cause);
  if (cause === undefined) {
    return '';
  }
  const code = codeOf(cause);
  const text = cause instanceof Error && !isFromDatabase(cause) ? cause.message : '';
  const told = [code === undefined || text.includes(code) ? '' : code, text].filter(Boolean);
  return told.length === 0 ? '' : ` (${told.join(': ')})`;
};

/**
 * Why a program did not start, in a line for people.
 * @param fallback for what tells nothing of itself
 */
export const describeFailure = (error: unknown, fallback: string): string => {
  const first = firstOf(error);
  if (!(first instanceof Error)) {
    return fallback;
  }
  const text = first.message === '' ? (codeOf(first) ?? codeOf(error)) : first.message;
  return text === undefined ? fallback : `${text}${causeOf(first)}`;
};
