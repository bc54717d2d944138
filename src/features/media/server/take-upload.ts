import { readFile } from 'node:fs/promises';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { FileTooLargeError, type SpooledFile } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { mediaLimits, type Upload } from '../contract.ts';
import { typeOfFile } from './file-type.ts';
import { inspectFile } from './inspect-file.ts';
import { keepFiles } from './keep-files.ts';
import { withPoster } from './make-poster.ts';
import { isPlainPng, toPlainPng } from './picture.ts';
import { looksCount } from './prints/guard-repeat.ts';
import { keepPrint } from './prints/print-store.ts';
import { judgeUpload } from './upload-kind.ts';
import { insertUpload, type UploadRow } from './upload-store.ts';
import { webmToOgg } from './webm-to-ogg.ts';

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

const longestRecording = 16 * 1024 * 1024;

/** The same picture or sound as WhatsApp takes it; undefined when the file already is so, or cannot be made so. */
const remake = async (file: SpooledFile): Promise<Buffer | undefined> => {
  switch (await typeOfFile(file.path)) {
    case 'image/png':
      // Screenshots are often of a palette.
      return (await isPlainPng(file.path)) ? undefined : toPlainPng(file.path);
    case 'audio/webm':
    case 'video/webm':
      // What browsers record.
      return file.sizeBytes > longestRecording ? undefined : webmToOgg(await readFile(file.path));
    default:
      return undefined;
  }
};

/** Takes the place of the file when it was made anew. */
const asTaken = async (deps: Deps, file: SpooledFile): Promise<SpooledFile> => {
  const made = await remake(file);
  if (made === undefined) {
    return file;
  }
  const spooled = await deps.files.spool([made], made.byteLength);
  await file.discard();
  return spooled;
};

/** @throws AppError file-empty, file-too-large, file-type-not-accepted */
const lookAt = async (
  deps: Deps,
  file: SpooledFile,
  fileName: string | null,
): Promise<{
  row: Omit<UploadRow, 'workspaceId' | 'id' | 'thumbnailSha256'>;
  thumbnail: Buffer | null;
  print: Buffer | null;
}> => {
  if (file.sizeBytes === 0) {
    throw new AppError('file-empty', 422);
  }
  const found = await inspectFile(file);
  const verdict = judgeUpload(found, file.sizeBytes, fileName);
  if (verdict.kind === 'too-large') {
    throw tooLarge(verdict.limit.maxBytes);
  }
  if (verdict.kind === 'type-not-accepted') {
    throw new AppError('file-type-not-accepted', 415, { accepted: mediaLimits });
  }
  const { sha256, sizeBytes } = file;
  const { as: kind, mimeType } = verdict;
  const { thumbnail, print, ...facts } =
    kind === 'video' ? await withPoster(deps, file.path, found) : found;
  return {
    row: { ...facts, kind, mimeType, fileName, sha256, sizeBytes },
    thumbnail,
    print: looksCount.has(kind) ? print : null,
  };
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
    const { row, thumbnail, print } = await lookAt(deps, file, cleanName(givenName));
    small =
      thumbnail === null ? undefined : await deps.files.spool([thumbnail], thumbnail.byteLength);
    const upload = { ...row, workspaceId, id: newId(), thumbnailSha256: small?.sha256 ?? null };
    await keepFiles(deps, workspaceId, small === undefined ? [file] : [file, small], async () => {
      await inTx(deps, actor, async (ctx) => {
        await insertUpload(ctx.tx, actor, upload);
        await keepPrint(ctx.tx, workspaceId, upload.sha256, print);
      });
      return true;
    });
    const { id, kind, mimeType, sizeBytes, width, height, fileName } = upload;
    return { id, kind, mimeType, sizeBytes, width, height, fileName };
  } finally {
    await file.discard();
    await small?.discard();
  }
};
