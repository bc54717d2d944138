import { join } from 'node:path';
import { DamagedError } from './damaged-error.ts';
import type { Manifest } from './manifest.ts';
import { copyWhole, isIntact, listedFiles } from './stored-files.ts';

/**
 * Copies every file of a backup, and compares each with its hash.
 * @param to the folder where the installation keeps them
 * @throws Error with a line for people
 */
export const loadFiles = async (backup: string, manifest: Manifest, to: string): Promise<void> => {
  const { place, list, copied } = manifest.files;
  if (place === 'elsewhere') {
    return;
  }
  let found = 0;
  for await (const file of listedFiles(backup, list)) {
    const path = join(to, file.path);
    if (await copyWhole(join(backup, 'media', file.path), path)) {
      if (!(await isIntact(path, file))) {
        throw new DamagedError('a file of the media');
      }
      found += 1;
    }
  }
  if (found !== copied) {
    throw new DamagedError('the folder media');
  }
};
