import { forgetPrint } from '#features/journal/server/index.ts';
import type { Actor, Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { findRepeats } from './find-repeat.ts';
import {
  type Fingerprint,
  findPrintedFiles,
  insertPrints,
  type PrintedFile,
  setRetired,
} from './print-store.ts';

/** Only for these is it kept what a picture looks like: never for people's data, whose papers look alike. */
const perceptualReasons: ReadonlySet<string> = new Set(['sexual', 'offense', 'discrimination']);

export interface RemovedFiles {
  readonly requestId: string;
  /** A reason of removal requests. */
  readonly reason: string;
  readonly messageIds: readonly string[];
}

/** Keeps these fingerprints, as far as the reason lets that be kept. @returns those that it does */
export const keepRemovedPrints = async (
  ctx: Ctx,
  by: Omit<RemovedFiles, 'messageIds'>,
  prints: readonly Fingerprint[],
): Promise<readonly Fingerprint[]> => {
  const kept = prints.filter(({ kind }) => kind === 'exact' || perceptualReasons.has(by.reason));
  if (kept.length > 0) {
    await insertPrints(ctx.tx, ctx.actor.workspaceId, by, kept);
  }
  return kept;
};

/**
 * Keeps fingerprints of what these messages carry, so that it is recognised when it comes again. To be called by the removal
 * while the messages still name their files; of files without bytes there is nothing to keep.
 * @returns what is kept
 */
export const printRemoved = async (
  ctx: Ctx,
  { requestId, reason, messageIds }: RemovedFiles,
): Promise<readonly Fingerprint[]> => {
  const { workspaceId } = ctx.actor;
  const files = await findPrintedFiles(ctx.tx, workspaceId, messageIds);
  const prints = files.flatMap(({ sha256, print }): Fingerprint[] => [
    { kind: 'exact', hash: sha256 },
    ...(print === null ? [] : [{ kind: 'perceptual', hash: print } as const]),
  ]);
  return keepRemovedPrints(ctx, { requestId, reason }, prints);
};

/** Who says that it is not the same. */
type Teller = Pick<Actor, 'kind' | 'id'>;

/** @returns false when there is none that still matches */
const retire = async (ctx: Ctx, printId: string, by: Teller = ctx.actor): Promise<boolean> => {
  const print = await setRetired(ctx.tx, ctx.actor.workspaceId, by, printId);
  if (print !== undefined) {
    await forgetPrint(ctx, print);
  }
  return print !== undefined;
};

/**
 * Whatever would cover this file again, by its bytes or its looks, matches nothing any more.
 * @returns how many prints that was
 */
export const retirePrintsLike = async (
  ctx: Ctx,
  file: PrintedFile,
  by: Teller = ctx.actor,
): Promise<number> => {
  let retired = 0;
  const prints = await findRepeats(ctx.tx, ctx.actor.workspaceId, file);
  for (const id of prints.map((print) => print.id).sort()) {
    retired += (await retire(ctx, id, by)) ? 1 : 0;
  }
  return retired;
};

/**
 * What this message carries stays: whatever would cover the same file again, by its bytes or its looks, matches nothing any more.
 * What it looks like is known once its file is here: `guardRepeat` does the rest then.
 * @returns how many prints that was
 */
export const retirePrintsOf = async (ctx: Ctx, messageId: string): Promise<number> => {
  const { workspaceId } = ctx.actor;
  let retired = 0;
  for (const file of await findPrintedFiles(ctx.tx, workspaceId, [messageId])) {
    retired += await retirePrintsLike(ctx, file);
  }
  return retired;
};

/**
 * It is not the same: the print matches nothing any more. What it covered is decided by its own request.
 * @throws AppError print-not-found, also for one that is retired already
 */
export const retirePrint = async (ctx: Ctx, printId: string): Promise<void> => {
  if (!(await retire(ctx, printId))) {
    throw notFound('print');
  }
};
