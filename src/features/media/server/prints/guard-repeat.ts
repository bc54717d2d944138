import type { Ctx } from '#platform/server/deps.ts';
import type { MediaKind } from '../../contract.ts';
import { findRepeat } from './find-repeat.ts';
import { type DigestedMedia, insertMatch, insertMatches, lockMatch } from './match-store.ts';
import { retirePrintsLike } from './print-removed.ts';
import { findPrintOfFile } from './print-store.ts';
import { enqueueSuggestion } from './suggestion-job.ts';

/** What is sent as one of these may be told by its looks; a document never. */
export const looksCount: ReadonlySet<MediaKind> = new Set<MediaKind>(['image', 'sticker']);

/**
 * Checks a file that becomes one of this message in this very transaction. What is like something removed is withheld from
 * everybody from the commit on, and the job that covers the message and suggests its removal is enqueued with it. Where somebody
 * has said of these bytes that they are not the same before the file was here, that holds for its looks too.
 */
export const guardRepeat = async (
  ctx: Ctx,
  message: { readonly id: string; readonly kind: MediaKind },
  sha256: Buffer,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const print = looksCount.has(message.kind)
    ? await findPrintOfFile(ctx.tx, workspaceId, sha256)
    : null;
  const known = await lockMatch(ctx.tx, workspaceId, message.id);
  if (known?.retiredBy) {
    await retirePrintsLike(ctx, { sha256, print }, known.retiredBy);
    return;
  }
  const repeat = await findRepeat(ctx.tx, workspaceId, { sha256, print });
  if (repeat !== undefined) {
    await insertMatch(ctx.tx, workspaceId, message.id, repeat.id);
    await enqueueSuggestion(ctx.tx, { workspaceId, messageId: message.id });
  }
};

/**
 * The same for what was just stored and is not here yet, by what the channel says of its bytes: so that what is said beside it is
 * told to nobody for the while of a download. Its looks are asked when it is here.
 */
export const guardReceived = async (ctx: Ctx, media: readonly DigestedMedia[]): Promise<void> => {
  if (media.length === 0) {
    return;
  }
  for (const message of await insertMatches(ctx.tx, media)) {
    await enqueueSuggestion(ctx.tx, message);
  }
};
