import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** A container's is 64 MB, unless told otherwise. */
const enoughBytes = 4 * 2 ** 30;

/** Some mount it so that nothing in it may be run; copies of the database's programs may have to lie there. */
const mayRunIn = (folder: string): boolean => {
  const probe = mkdtempSync(join(folder, 'guarita-probe-'));
  try {
    const program = join(probe, 'run');
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    return spawnSync(program).status === 0;
  } finally {
    rmSync(probe, { recursive: true });
  }
};

const isFastEnough = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= enoughBytes && mayRunIn(memory);
  } catch {
    return false;
  }
};

let place: string | undefined;

/**
 * A new folder for the data of a test's database. In memory where there is plenty: each test file copies a database of more
 * than a thousand files, which takes a disk ten times as long. Whoever asks for it deletes it.
 */
export const makeScratchFolder = async (prefix: string): Promise<string> => {
  place ??= isFastEnough() ? memory : tmpdir();
  const folder = await mkdtemp(join(place, prefix));
  // As root the database runs as somebody else, who must be able to pass through.
  await chmod(folder, 0o711);
  return folder;
};
