import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpooledFile } from './file-store.ts';

/** More bytes came than may be kept; what had been written is gone. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
}

/** Of a process that died while it wrote. */
const abandonedAfterMs = 24 * 3_600_000;

/**
 * Writes bytes to a file of their own, whole and on the disk when this ends. Memory stays flat whatever their number.
 * @throws FileTooLargeError · whatever the source throws; either way nothing is left behind
 */
export const spool = async (
  dir: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest: number,
): Promise<SpooledFile> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, randomUUID());
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > longest) {
        throw new FileTooLargeError(`more than ${longest} bytes`);
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
    await file.close();
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
  return {
    path,
    sha256: hash.digest(),
    sizeBytes,
    discard: () => rm(path, { force: true }),
  };
};

/** Deletes what processes that died have left here. */
export const clearSpool = async (dir: string): Promise<void> => {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    const path = join(dir, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs) {
      await rm(path, { force: true });
    }
  }
};
