/** Which of the limits of a connection ended something (db.ts); those of SQLSTATE by its code. */
const states: Readonly<Record<string, DatabaseTimeOut>> = {
  '55P03': 'lock',
  '57014': 'statement',
  '25P03': 'idle',
};
const messages: readonly (readonly [RegExp, DatabaseTimeOut])[] = [
  [/^Query read timeout/, 'answer'],
  [/^timeout exceeded when trying to connect/, 'connection'],
];

export type DatabaseTimeOut = 'lock' | 'statement' | 'idle' | 'answer' | 'connection';

/** How often each has, since this process started; there is one database for all of a process. */
const figures: Record<DatabaseTimeOut, number> = {
  lock: 0,
  statement: 0,
  idle: 0,
  answer: 0,
  connection: 0,
};
export const databaseTimeOuts: Readonly<Record<DatabaseTimeOut, number>> = figures;

/** Which limit an error tells of, if one. */
export const timeOutOf = (error: unknown): DatabaseTimeOut | undefined => {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const state = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return states[state] ?? messages.find(([pattern]) => pattern.test(error.message))?.[1];
};

/** Counts what the metrics tell; of a statement once, where its answer is received. */
export const noteTimeOut = (error: unknown): void => {
  const limit = timeOutOf(error);
  if (limit !== undefined) {
    figures[limit] += 1;
  }
};
