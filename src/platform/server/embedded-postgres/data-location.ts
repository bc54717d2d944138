import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EmbeddedPostgresError, systemCode } from './errors.ts';
import type { LauncherLog } from './launcher-log.ts';
import { canEnter, chooseRunUser, type RunUser } from './run-as.ts';

const elsewhere = '/var/lib/guarita';

/** Where everything of one embedded database lies. */
export interface DataPaths {
  /** `dataDir` itself, or its stand-in in /var/lib. */
  home: string;
  /** The cluster (PostgreSQL's own data directory). */
  cluster: string;
  password: string;
  port: string;
  lock: string;
  serverLog: string;
  config: string;
  hba: string;
}

function pathsIn(home: string): DataPaths {
  return {
    home,
    cluster: join(home, 'pg'),
    password: join(home, 'pg-password'),
    port: join(home, 'pg-port'),
    lock: join(home, 'pg-launcher'),
    serverLog: join(home, 'postgresql.log'),
    config: join(home, 'postgresql.conf'),
    hba: join(home, 'pg_hba.conf'),
  };
}

/** Says that the directory cannot be used, with the system's reason. */
export function unreachable(directory: string, error?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'data-unreachable',
    `The database directory ${directory} cannot be used (${systemCode(error) || 'not permitted'}). ` +
      'Start Guarita as the user who owns it, or give another one with --data-dir.',
  );
}

async function makeDirectory(directory: string, mode: number): Promise<void> {
  if (existsSync(directory)) return;
  await mkdir(directory, { recursive: true });
  await chmod(directory, mode);
}

/** Follows `location` if there is one. Undefined when this data directory has no database yet. */
export async function findDataPaths(dataDir: string): Promise<DataPaths | undefined> {
  const pointer = join(resolve(dataDir), 'location');
  if (!existsSync(pointer)) {
    const home = resolve(dataDir);
    return existsSync(join(home, 'pg')) ? pathsIn(await realpath(home)) : undefined;
  }
  const home = (await readFile(pointer, 'utf8')).trim();
  if (home.startsWith('/') && existsSync(home)) return pathsIn(await realpath(home));
  throw new EmbeddedPostgresError(
    'data-missing',
    `The file ${pointer} says that the database lies in ${home}, which is not there. ` +
      'Put that directory back, or, to begin with an empty database, delete the file.',
  );
}

/**
 * A stand-in that holds no cluster. One that does, without a `location` that names it, is what an installation left that lay
 * at the same path before; its secret is gone, so it is of no use to this one.
 */
function freeHome(dataDir: string, log: LauncherLog): string {
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  for (let number = 1; ; number += 1) {
    const home = join(elsewhere, number === 1 ? key : `${key}-${number}`);
    if (!existsSync(join(home, 'pg'))) return home;
    log.warn(
      { home },
      `${home} holds the database of an earlier installation, which is left alone`,
    );
  }
}

async function chooseNewHome(dataDir: string, user: RunUser, log: LauncherLog): Promise<string> {
  if (await canEnter(user, dataDir)) return dataDir;
  const home = freeHome(dataDir, log);
  await makeDirectory(elsewhere, 0o755);
  await makeDirectory(home, 0o711);
  if (!(await canEnter(user, home))) throw unreachable(home);
  const pointer = join(dataDir, 'location');
  try {
    await writeFile(pointer, `${home}\n`, { flag: 'wx' });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    // Another process that starts on the same data directory was faster.
    return (await readFile(pointer, 'utf8')).trim();
  }
  log.info({ home }, `The database account cannot reach ${dataDir}; the database lies in ${home}`);
  return home;
}

async function chownTree(path: string, uid: number, gid: number): Promise<void> {
  const entry = await lstat(path);
  if (!entry.isSymbolicLink()) await chown(path, uid, gid);
  if (!entry.isDirectory()) return;
  for (const name of await readdir(path)) await chownTree(join(path, name), uid, gid);
}

/**
 * PostgreSQL wants its directory to be its own and closed; a copy or a restored backup often is neither. To be called when the cluster is
 * known to be one that we can read.
 */
export async function makeUsable(cluster: string, user: RunUser, log: LauncherLog): Promise<void> {
  const { uid } = await lstat(cluster);
  if (user !== undefined && uid === 0) {
    log.warn({ cluster, uid: user.uid }, 'The database belonged to root; giving it to its account');
    await chownTree(cluster, user.uid, user.gid);
  }
  await chmod(cluster, 0o700);
  if (!(await canEnter(user, cluster))) throw unreachable(cluster);
}

/** Decides where the cluster lives and who runs it, and makes the directories (not the cluster). */
export async function settleDataLocation(
  dataDir: string,
  log: LauncherLog,
): Promise<{ paths: DataPaths; user: RunUser }> {
  // Closed to others when it is our own account's; the database's account must be able to pass through when it is another's.
  await makeDirectory(resolve(dataDir), process.getuid?.() === 0 ? 0o711 : 0o700);
  const existing = await findDataPaths(dataDir);
  const owned = existing !== undefined && existsSync(existing.cluster);
  const user = await chooseRunUser(owned ? existing.cluster : undefined);
  const paths = existing ?? pathsIn(await chooseNewHome(await realpath(dataDir), user, log));
  return { paths, user };
}
