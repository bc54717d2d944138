import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { copyToFile, rowsOfFile } from './copy-stream.ts';
import { DamagedError } from './damaged-error.ts';
import { hasTable } from './database-shape.ts';
import type { Copied } from './manifest.ts';

/** Files beside the database that rows of it name: never changed once written, named by their own hash. */
export interface StoredFiles {
  /** Where they lie; undefined when that is not a folder of ours. */
  readonly directory: string | undefined;
  /** Whose rows name them; while there is no such table, there are no files. */
  readonly table: string;
  /** Gives, for each file: its path below `directory`, its SHA-256 in hex, its size. */
  readonly query: string;
}

export interface StoredFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Two to five names: no way out of the folder. */
const pathPattern = /^[\w-]{1,64}(\/[\w-]{1,64}){1,4}$/;

const listFile = (backup: string): string => join(backup, 'files.copy.gz');

/** Writes down every file that the rows name. @returns null when there is no such table yet */
export const saveList = async (
  client: Client,
  files: StoredFiles,
  backup: string,
): Promise<Copied | null> =>
  (await hasTable(client, files.table))
    ? copyToFile(client, `(${files.query})`, listFile(backup))
    : null;

/** Every file of that list, one by one; the names of the tables may be others by now. */
export async function* listedFiles(
  backup: string,
  list: Copied | null,
): AsyncGenerator<StoredFile> {
  if (list === null) {
    return;
  }
  for await (const [path = '', sha256 = '', bytes] of rowsOfFile(listFile(backup), list)) {
    if (!pathPattern.test(path)) {
      throw new DamagedError('the list of files');
    }
    yield { path, sha256, bytes: Number(bytes) };
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Whole or not at all; false when the file is not there. */
export const copyWhole = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const unfinished = `${to}.new`;
  try {
    await copyFile(from, unfinished, constants.COPYFILE_FICLONE);
    await rename(unfinished, to);
    return true;
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
    return false;
  }
};

/** Whether the bytes are the ones that its name promises. */
export const isIntact = async (path: string, { sha256, bytes }: StoredFile): Promise<boolean> => {
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  if (size !== bytes) {
    return false;
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
};

/** Every file below a folder, by its path relative to it; nothing of a folder that is not there. */
export async function* filesBelow(directory: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(join(directory, below), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    },
  );
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* filesBelow(directory, path);
    } else if (entry.isFile() && pathPattern.test(path)) {
      yield path;
    }
  }
}

export interface FilesReport {
  readonly copied: number;
  readonly bytes: number;
  readonly missing: number;
}

/**
 * Files may be taken away while the backup runs, by whatever clears up. So all that are there are copied before the
 * snapshot is taken; `settle` then moves over what the snapshot names, copies what came in between, and forgets the rest.
 */
export const copyEarly = async (source: string, backup: string) => {
  const early = join(backup, 'media-early');
  for await (const path of filesBelow(source)) {
    await copyWhole(join(source, path), join(early, path));
  }
  const take = async (path: string, to: string): Promise<boolean> => {
    try {
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await rename(join(early, path), to);
      return true;
    } catch (error) {
      if (!isMissing(error)) {
        throw error;
      }
      return copyWhole(join(source, path), to);
    }
  };
  return {
    settle: async (named: AsyncIterable<StoredFile>): Promise<FilesReport> => {
      const report = { copied: 0, bytes: 0, missing: 0 };
      for await (const file of named) {
        const to = join(backup, 'media', file.path);
        if ((await take(file.path, to)) && (await isIntact(to, file))) {
          report.copied += 1;
          report.bytes += file.bytes;
        } else {
          report.missing += 1;
          await rm(to, { force: true });
        }
      }
      await rm(early, { recursive: true, force: true });
      return report;
    },
  };
};
