import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Pool } from 'pg';
import type { Config } from './config.ts';
import { findDataPaths } from './embedded-postgres/data-location.ts';
import { createKeyed, type Keyed } from './keyed-hash.ts';

type Place = Pick<Config, 'secret' | 'dataDir' | 'databaseUrl'>;

const shortest = 32;

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

const pathIn = (dataDir: string): string => join(resolve(dataDir), 'secret');

const readFrom = async (path: string): Promise<string | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) {
      return undefined;
    }
    throw error;
  });
  const secret = text?.trim();
  if (secret !== undefined && secret.length < shortest) {
    throw new Error(
      `the secret in ${path} is damaged: it has ${secret.length} characters, fewer than ${shortest}. ` +
        'Put the file back from a backup, or give the secret in GUARITA_SECRET; nothing was changed.',
    );
  }
  return secret;
};

/** By which the database, and each backup of it, knows the secret without having it. */
export const secretCheckOf = (keyed: Keyed): Buffer => keyed.hash('secret-check', 'guarita');

/**
 * The whole file or none, whatever breaks meanwhile; of processes that start together one makes it and all use it.
 * @throws the system's error when it cannot be written
 */
const writeTo = async (path: string): Promise<void> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) {
      throw error;
    }
  } finally {
    await rm(draft, { force: true });
  }
};

/** From GUARITA_SECRET, or from the file beside the data, when there is one. */
export const findSecret = async ({ secret, dataDir }: Place): Promise<string | undefined> =>
  secret ?? readFrom(pathIn(dataDir));

/** From GUARITA_SECRET, or made once beside the data (mode 0600). */
const makeSecret = async (place: Place): Promise<string | undefined> => {
  const { dataDir } = place;
  const path = pathIn(dataDir);
  const known = await findSecret(place);
  if (known !== undefined) {
    return known;
  }
  await mkdir(dataDir, { recursive: true });
  await writeTo(path);
  return readFrom(path);
};

const describeDatabase = async ({ databaseUrl, dataDir }: Place): Promise<string> => {
  const paths = databaseUrl === undefined ? await findDataPaths(dataDir) : undefined;
  return paths === undefined ? 'the database of DATABASE_URL' : `the database in ${paths.cluster}`;
};

/** Processes with different secrets on one database would not know each other's sessions, keys and dropped items. */
const checkSecret = async (pool: Pool, keyed: Keyed, place: Place): Promise<void> => {
  const own = secretCheckOf(keyed);
  await pool.query('insert into installation (secret_check) values ($1) on conflict do nothing', [
    own,
  ]);
  const { rows } = await pool.query<{ secret_check: Buffer }>(
    'select secret_check from installation',
  );
  if (rows[0] === undefined || !own.equals(rows[0].secret_check)) {
    const given = place.secret === undefined ? pathIn(place.dataDir) : 'GUARITA_SECRET';
    throw new Error(
      `${await describeDatabase(place)} was set up with another secret than that of ${given}. Start with the other ` +
        'one (it may lie in the file "secret" of the data directory that was used), or on another database; ' +
        'nothing was changed.',
    );
  }
};

/**
 * What is made of this installation's secret.
 * @param isCommand only reads: a secret that a command made would be wrong for the database that is there
 * @throws Error with a line for people when there is none, when it is damaged, or when it is not this database's
 */
export const openSecret = async (pool: Pool, place: Place, isCommand = false): Promise<Keyed> => {
  const secret = isCommand ? await findSecret(place) : await makeSecret(place);
  if (secret === undefined) {
    throw new Error(
      `there is no secret in ${pathIn(place.dataDir)}. Give the one of this installation in GUARITA_SECRET, or name its ` +
        'folder with --data-dir.',
    );
  }
  const keyed = createKeyed(secret);
  await checkSecret(pool, keyed, place);
  return keyed;
};
