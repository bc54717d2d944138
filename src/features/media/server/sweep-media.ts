import type { Ctx } from '#platform/server/deps.ts';
import {
  claimOrphans,
  type FileOfWorkspace,
  findUnnamedFiles,
  forgetExpiredHolds,
} from './file-store.ts';
import { enqueueFetches } from './job-names.ts';
import { findStrandedMedia } from './media-store.ts';
import { findStrandedMatches } from './prints/match-store.ts';
import { enqueueSuggestion } from './prints/suggestion-job.ts';
import { deleteOldUploads } from './upload-store.ts';

/** Upkeep: forgets uploads that nobody sent, holds of processes that died; asks again for what nobody fetches, or suggests. */
export const sweepMedia = async (ctx: Ctx): Promise<void> => {
  await forgetExpiredHolds(ctx.tx);
  await deleteOldUploads(ctx.tx);
  await enqueueFetches(ctx.tx, await findStrandedMedia(ctx.tx));
  for (const match of await findStrandedMatches(ctx.tx)) {
    await enqueueSuggestion(ctx.tx, match);
  }
};

const atOnce = 500;

export const findUnnamed = (ctx: Ctx): Promise<FileOfWorkspace[]> =>
  findUnnamedFiles(ctx.tx, atOnce);

export const takeOrphans = (
  ctx: Ctx,
  files: readonly FileOfWorkspace[],
): Promise<FileOfWorkspace[]> => claimOrphans(ctx.tx, files);
