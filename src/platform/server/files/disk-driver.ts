import { randomUUID } from 'node:crypto';
import { constants, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertKey, type FileDriver, type ListedFile, readKey } from './file-store.ts';

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** A name in a directory is on the disk once the directory is. */
const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const namesIn = (dir: string): Promise<string[]> =>
  readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  });

async function* listBelow(root: string): AsyncIterable<ListedFile> {
  for (const workspaceId of await namesIn(root)) {
    for (const prefix of await namesIn(join(root, workspaceId))) {
      for (const name of await namesIn(join(root, workspaceId, prefix))) {
        const key = `${workspaceId}/${prefix}/${name}`;
        const found = await stat(join(root, key)).catch(() => undefined);
        if (found !== undefined && readKey(key) !== undefined) {
          yield { key, modifiedAt: found.mtime };
        }
      }
    }
  }
}

/**
 * Files below one directory, for the account that runs the server only.
 * @param incoming on the same disk: what is not whole yet
 */
export const createDiskDriver = (root: string, incoming: string): FileDriver => {
  const placeOf = (key: string): string => {
    assertKey(key);
    return join(root, key);
  };
  return {
    put: async (key, file) => {
      const place = placeOf(key);
      const known = await stat(place).catch(() => undefined);
      if (known?.size === file.sizeBytes) {
        return;
      }
      const dir = dirname(place);
      await mkdir(dir, { recursive: true, mode: 0o700 });
      // Copied and renamed: whoever looks sees all of it or nothing.
      const beside = join(incoming, randomUUID());
      try {
        await copyFile(file.path, beside, constants.COPYFILE_FICLONE);
        await syncPath(beside);
        await rename(beside, place);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      await syncPath(dir);
    },
    get: async (key, range) => {
      try {
        const handle = await open(placeOf(key), 'r');
        return handle.createReadStream(
          range === undefined ? {} : { start: range.first, end: range.last },
        );
      } catch (error) {
        if (isMissing(error)) {
          return undefined;
        }
        throw error;
      }
    },
    delete: (key) => rm(placeOf(key), { force: true }),
    list: () => listBelow(root),
  };
};
