import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Keyed } from './keyed-hash.ts';

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** The secret of this installation: from GUARITA_SECRET, or generated once beside the data (mode 0600). */
export const loadSecret = async (given: string | undefined, dataDir: string): Promise<string> => {
  if (given !== undefined) {
    return given;
  }
  const path = join(dataDir, 'secret');
  const read = async () => (await readFile(path, 'utf8')).trim();
  try {
    return await read();
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
  await mkdir(dataDir, { recursive: true });
  // Exclusive: of two processes that start together, one writes and both use it.
  await writeFile(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' }).catch(
    () => undefined,
  );
  return read();
};

/**
 * Processes with different secrets on one database would not know each other's sessions, keys and dropped items.
 * @throws Error when this database was set up with another secret
 */
export const checkSecret = async (pool: Pool, keyed: Keyed): Promise<void> => {
  const own = keyed.hash('secret-check', 'guarita');
  await pool.query('insert into installation (secret_check) values ($1) on conflict do nothing', [
    own,
  ]);
  const { rows } = await pool.query<{ secret_check: Buffer }>(
    'select secret_check from installation',
  );
  if (rows[0] === undefined || !own.equals(rows[0].secret_check)) {
    throw new Error(
      'this database was set up with another GUARITA_SECRET. Start with that one (it may lie in the file ' +
        '"secret" of the data directory that was used); nothing was changed.',
    );
  }
};
