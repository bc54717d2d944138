import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { MediaKind } from '../contract.ts';
import { lockFiles } from './file-store.ts';
import { findStoredMedia, insertOutboundMedia, type OutboundMediaRow } from './outbound-store.ts';
import { guardRepeat } from './prints/guard-repeat.ts';
import { canBeSentAs } from './upload-kind.ts';
import { findUpload } from './upload-store.ts';

/** Which file goes with a message, and as what. */
export type FileChoice = { readonly kind: MediaKind } & (
  | { readonly uploadId: string }
  | { readonly messageId: string }
);

export interface FileToSend extends OutboundMediaRow {
  readonly kind: MediaKind;
}

const chooseUpload = async (ctx: Ctx, kind: MediaKind, uploadId: string): Promise<FileToSend> => {
  const upload = await findUpload(ctx.tx, ctx.actor, uploadId);
  if (upload === undefined) {
    throw notFound('upload');
  }
  if (!canBeSentAs(kind, upload)) {
    throw new AppError('upload-of-another-kind', 422);
  }
  return { ...upload, kind, isCovered: false };
};

/** The very file of another message: nothing is copied. */
const chooseForwarded = async (
  ctx: Ctx,
  kind: MediaKind,
  messageId: string,
): Promise<FileToSend> => {
  const media = await findStoredMedia(ctx.tx, ctx.actor, messageId);
  if (media === undefined || !canBeSentAs(kind, media)) {
    throw new AppError('message-not-forwardable', 422);
  }
  const { withheld, ...file } = media;
  if (withheld !== null) {
    // Nobody hands on what they have not seen.
    throw new AppError(withheld, 403);
  }
  return { ...file, kind };
};

/** @throws AppError upload-not-found, upload-of-another-kind, message-not-forwardable, media-covered, media-withheld */
export const chooseFile = (ctx: Ctx, choice: FileChoice): Promise<FileToSend> =>
  'uploadId' in choice
    ? chooseUpload(ctx, choice.kind, choice.uploadId)
    : chooseForwarded(ctx, choice.kind, choice.messageId);

/**
 * Makes it the file of a message of ours that was just stored; what is like something removed is withheld in the same step.
 * @throws AppError upload-not-found when it was deleted meanwhile
 */
export const nameFile = async (
  ctx: Ctx,
  messageId: string,
  file: FileToSend | undefined,
): Promise<void> => {
  if (file === undefined) {
    return;
  }
  const { workspaceId } = ctx.actor;
  const files = [file.sha256, file.thumbnailSha256].filter((one) => one !== null);
  if (!(await lockFiles(ctx.tx, workspaceId, files))) {
    throw notFound('upload');
  }
  await insertOutboundMedia(ctx.tx, workspaceId, messageId, file);
  await guardRepeat(ctx, { id: messageId, kind: file.kind }, file.sha256);
};
