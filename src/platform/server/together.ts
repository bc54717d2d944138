/** What fails after another statement of the same transaction has failed: of no interest by itself. */
const isConsequence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02';

/**
 * Statements of one transaction that do not need one another's answers, alone or several in a row each: they share their ways to
 * PostgreSQL (decision 0018). The first of each go in the order given. Ends when all have ended, so that nothing of them is
 * asked after the transaction is over.
 * @throws what failed first by itself
 */
export const together = async <const T extends readonly unknown[]>(
  works: {
    readonly [K in keyof T]: Promise<T[K]> | T[K];
  },
): Promise<T> => {
  const settled = await Promise.allSettled(works);
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failures.length > 0) {
    throw failures.find((failure) => !isConsequence(failure)) ?? failures[0];
  }
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as unknown as T;
};
