import type { Actor, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { FileTooLargeError, type SpooledFile } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { mediaLimits, type Upload } from '../contract.ts';
import { typeOfFile } from './file-type.ts';
import { inspectFile } from './inspect-file.ts';
import { keepFiles } from './keep-files.ts';
import { isPlainPng, toPlainPng } from './picture.ts';
import { judgeUpload } from './upload-kind.ts';
import { insertUpload, type UploadRow } from './upload-store.ts';

const longestUpload = Math.max(...mediaLimits.map(({ maxBytes }) => maxBytes));

const tooLarge = (maxBytes: number): AppError =>
  new AppError('file-too-large', 413, {
    detail: `at most ${maxBytes} bytes`,
    accepted: mediaLimits,
  });

/** Nothing that an upload calls itself ends in a path, and no control letter in a header. */
const cleanName = (name: string | undefined): string | null => {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/\p{Cc}|\p{Cf}/gu, '').trim();
  return clean === '' ? null : clean;
};

const spoolUpload = async (deps: Deps, bytes: AsyncIterable<Uint8Array>): Promise<SpooledFile> => {
  try {
    return await deps.files.spool(bytes, longestUpload);
  } catch (error) {
    throw error instanceof FileTooLargeError ? tooLarge(longestUpload) : error;
  }
};

/** Screenshots are often of a palette, which WhatsApp does not take: made anew, the picture stays the same. */
const asTaken = async (deps: Deps, file: SpooledFile): Promise<SpooledFile> => {
  if ((await typeOfFile(file.path)) !== 'image/png' || (await isPlainPng(file.path))) {
    return file;
  }
  const plain = await toPlainPng(file.path);
  if (plain === undefined) {
    return file;
  }
  await file.discard();
  return deps.files.spool([plain], plain.byteLength);
};

/** @throws AppError file-empty, file-too-large, file-type-not-accepted */
const lookAt = async (
  file: SpooledFile,
  fileName: string | null,
): Promise<{
  row: Omit<UploadRow, 'workspaceId' | 'id' | 'thumbnailSha256'>;
  thumbnail: Buffer | null;
}> => {
  if (file.sizeBytes === 0) {
    throw new AppError('file-empty', 422);
  }
  const { thumbnail, ...facts } = await inspectFile(file);
  const verdict = judgeUpload({ thumbnail, ...facts }, file.sizeBytes, fileName);
  if (verdict.kind === 'too-large') {
    throw tooLarge(verdict.limit.maxBytes);
  }
  if (verdict.kind === 'type-not-accepted') {
    throw new AppError('file-type-not-accepted', 415, { accepted: mediaLimits });
  }
  const { sha256, sizeBytes } = file;
  const { as: kind, mimeType } = verdict;
  return { row: { ...facts, kind, mimeType, fileName, sha256, sizeBytes }, thumbnail };
};

/**
 * Takes in a file that is to be sent: whole, of a kind that WhatsApp takes, by its bytes. Opens its own transactions,
 * between which the bytes are written.
 * @throws AppError file-empty, file-too-large, file-type-not-accepted
 */
export const takeUpload = async (
  deps: Deps,
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  givenName: string | undefined,
): Promise<Upload> => {
  const { workspaceId } = actor;
  let file = await spoolUpload(deps, bytes);
  let small: SpooledFile | undefined;
  try {
    file = await asTaken(deps, file);
    const { row, thumbnail } = await lookAt(file, cleanName(givenName));
    small =
      thumbnail === null ? undefined : await deps.files.spool([thumbnail], thumbnail.byteLength);
    const upload = { ...row, workspaceId, id: newId(), thumbnailSha256: small?.sha256 ?? null };
    await keepFiles(deps, workspaceId, small === undefined ? [file] : [file, small], async () => {
      await inTx(deps, actor, (ctx) => insertUpload(ctx.tx, actor, upload));
      return true;
    });
    const { id, kind, mimeType, sizeBytes, width, height, fileName } = upload;
    return { id, kind, mimeType, sizeBytes, width, height, fileName };
  } finally {
    await file.discard();
    await small?.discard();
  }
};
