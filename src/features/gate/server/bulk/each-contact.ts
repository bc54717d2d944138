import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { AppError, isRetryableTransactionError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type BulkAnswer, type BulkFailureCode, bulkFailureCodes } from '../../bulk/contract.ts';

type Outcome =
  | { readonly isDone: true }
  | { readonly isDone: false; readonly code: BulkFailureCode };

export const done: Outcome = { isDone: true };
export const notDone = (code: BulkFailureCode): Outcome => ({ isDone: false, code });

const isFailureCode = (code: string): code is BulkFailureCode =>
  bulkFailureCodes.some((known) => known === code);

/** What concerns this contact alone; whatever else went wrong ends the request, and asking again is safe. */
const codeOf = (error: unknown): BulkFailureCode => {
  if (error instanceof AppError && isFailureCode(error.code)) {
    return error.code;
  }
  if (isRetryableTransactionError(error)) {
    return 'unavailable';
  }
  throw error;
};

/**
 * One contact after the other, each in a transaction of its own: none waits for the locks of the others, and one that
 * cannot be done spoils nothing. An id named twice is one contact.
 */
export const forEachContact = async (
  deps: Deps,
  actor: Actor,
  contactIds: readonly string[],
  work: (ctx: Ctx, contactId: string) => Promise<Outcome>,
): Promise<BulkAnswer> => {
  const failed: BulkAnswer['failed'] = [];
  const unique = [...new Set(contactIds)];
  for (const contactId of unique) {
    const outcome = await inTx(deps, actor, (ctx) => work(ctx, contactId)).catch((error: unknown) =>
      notDone(codeOf(error)),
    );
    if (!outcome.isDone) {
      failed.push({ contactId, code: outcome.code });
    }
  }
  return { done: unique.length - failed.length, failed };
};
