import { unlink } from 'node:fs/promises';
import { EmbeddedPostgresError } from '../src/platform/server/embedded-postgres/errors.ts';
import {
  acquireLauncherLock,
  type LauncherLock,
  lockBeatMs,
} from '../src/platform/server/embedded-postgres/launcher-lock.ts';

const PATIENCE_MS = 180_000;

/** The lock of the embedded database: it knows a holder that died, whoever has its pid now, and survives a kill at any moment. */
async function take(directory: string): Promise<LauncherLock> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await acquireLauncherLock(directory, directory);
    } catch (error) {
      if (!(error instanceof EmbeddedPostgresError)) throw error;
      if (Date.now() > deadline) throw new Error(`another build holds ${directory}`);
    }
  }
}

/** Several servers started at once on one clone would otherwise build over each other. */
export async function withBuildLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  // A file of that name is what earlier versions left there when they were killed; a directory stays.
  await unlink(directory).catch(() => {});
  const lock = await take(directory);
  const beating = setInterval(() => void lock.beat(), lockBeatMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
    await lock.release();
  }
}
