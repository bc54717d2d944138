import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { findRepeats } from './find-repeat.ts';
import { findPrintedFiles, insertPrints, setRetired } from './print-store.ts';

/** Only for these is it kept what a picture looks like: never for people's data, whose papers look alike. */
const perceptualReasons: ReadonlySet<string> = new Set(['sexual', 'offense', 'discrimination']);

export interface RemovedFiles {
  readonly requestId: string;
  /** A reason of removal requests. */
  readonly reason: string;
  readonly messageIds: readonly string[];
}

/**
 * Keeps fingerprints of what these messages carry, so that it is recognised when it comes again. To be called by the removal
 * while the messages still name their files; of files without bytes there is nothing to keep.
 */
export const printRemoved = async (
  ctx: Ctx,
  { requestId, reason, messageIds }: RemovedFiles,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const files = await findPrintedFiles(ctx.tx, workspaceId, messageIds);
  const prints = files.flatMap(({ sha256, print }) => [
    { kind: 'exact', hash: sha256 } as const,
    ...(print !== null && perceptualReasons.has(reason)
      ? [{ kind: 'perceptual', hash: print } as const]
      : []),
  ]);
  if (prints.length > 0) {
    await insertPrints(ctx.tx, workspaceId, { requestId, reason }, prints);
  }
};

/**
 * What this message carries stays: whatever would cover the same file again, by its bytes or its looks, matches nothing any more.
 * @returns how many prints that was
 */
export const retirePrintsOf = async (ctx: Ctx, messageId: string): Promise<number> => {
  const { workspaceId } = ctx.actor;
  let retired = 0;
  for (const file of await findPrintedFiles(ctx.tx, workspaceId, [messageId])) {
    const prints = await findRepeats(ctx.tx, workspaceId, file);
    for (const id of prints.map((print) => print.id).sort()) {
      retired += (await setRetired(ctx.tx, ctx.actor, id)) ? 1 : 0;
    }
  }
  return retired;
};

/**
 * It is not the same: the print matches nothing any more. What it covered is decided by its own request.
 * @throws AppError print-not-found, also for one that is retired already
 */
export const retirePrint = async (ctx: Ctx, printId: string): Promise<void> => {
  if (!(await setRetired(ctx.tx, ctx.actor, printId))) {
    throw notFound('print');
  }
};
