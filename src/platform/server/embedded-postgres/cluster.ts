import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { DataPaths } from './data-location.ts';
import { EmbeddedPostgresError } from './errors.ts';
import type { LauncherLog } from './launcher-log.ts';
import { type RunUser, runAs } from './run-as.ts';
import { hostAccess, serverConfiguration } from './settings.ts';

const draft = 'pg-unfinished-';

function wrongMajor(cluster: string, found: string, brought: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'wrong-major',
    `The database in ${cluster} was written by PostgreSQL ${found}; this Guarita brings PostgreSQL ${brought}, which cannot read it. ` +
      'Nothing was changed. To go on: 1. with the Guarita version you had before, and without its server: npm run guarita -- backup FOLDER; ' +
      `2. move ${cluster}, and the folder media of the data directory, aside (the file secret stays); ` +
      '3. with this version: npm run guarita -- restore FOLDER --send-waiting; 4. start it. ' +
      'Or keep the data where it is, run it with a PostgreSQL server of that version, and set DATABASE_URL.',
  );
}

/** Whether a cluster is there. Refuses one of another major version, and a directory that is something else. */
export async function checkCluster(cluster: string, binaries: Binaries): Promise<boolean> {
  if (!existsSync(cluster)) return false;
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === String(binaries.major)) return true;
  if (/^\d+(\.\d+)?$/.test(version)) throw wrongMajor(cluster, version, binaries.major);
  if ((await readdir(cluster)).length === 0) {
    await rmdir(cluster);
    return false;
  }
  throw new EmbeddedPostgresError(
    'data-damaged',
    `${cluster} is not empty and not a PostgreSQL database (no PG_VERSION). Restore it from a backup, or move it aside to begin with an empty database.`,
  );
}

/** The way text is compared and sorted, best first; which of them exist depends on the system. */
function localeChoices(major: number): string[][] {
  const base = ['--locale=C', '--lc-messages=C', '--encoding=UTF8'];
  // Since 17 PostgreSQL knows Portuguese capitals by itself; the system's character types still decide for extensions such as pg_trgm.
  const provider =
    major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale-provider=libc'];
  const types = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'UTF-8'].map((name) => [`--lc-ctype=${name}`]);
  return [...types, []].map((type) => [...base, ...provider, ...type]);
}

function firstComplaint(output: string): string {
  const line = output.split('\n').find((text) => /error|fatal/i.test(text)) ?? '';
  return line.trim().slice(0, 300);
}

async function runInitdb(directory: string, binaries: Binaries, user: RunUser, durable: boolean) {
  const always = [
    ...['-D', directory, '-U', 'postgres', '--data-checksums', '--no-instructions'],
    // Ours takes the place of this file at every start; started by hand, the cluster lets nobody in.
    ...['--auth-local=reject', '--auth-host=reject'],
    ...(durable ? [] : ['--no-sync']),
  ];
  let complaint = '';
  for (const locale of localeChoices(binaries.major)) {
    const result = await runAs(user, binaries.initdb, [...always, ...locale], { cwd: directory });
    if (result.code === 0) return;
    complaint = firstComplaint(result.stderr) || result.failure || `exit ${result.code}`;
    if (!/locale|encoding/i.test(complaint)) break;
  }
  const hint = /effective user/.test(complaint)
    ? ' This user has no entry in /etc/passwd: start Guarita as a user who has one.'
    : '';
  throw new EmbeddedPostgresError(
    'init-failed',
    `The database could not be made in ${directory}: ${complaint}.${hint}`,
  );
}

/** Runs statements as the owner of everything, without a server: no password and no port are needed. The server must not be running. */
async function runAlone(
  statements: readonly string[],
  directory: string,
  binaries: Binaries,
  user: RunUser,
): Promise<void> {
  const quiet = [
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_statement=none',
  ];
  const args = ['--single', ...quiet.flatMap((text) => ['-c', text]), '-D', directory, 'postgres'];
  const input = `${statements.join('\n')}\n`;
  const result = await runAs(user, binaries.postgres, args, { cwd: directory, input });
  const complaint = /(?:ERROR|FATAL|PANIC):.*/.exec(result.stderr)?.[0];
  if (result.code === 0 && complaint === undefined) return;
  const cause = complaint ?? result.failure ?? `exit ${result.code}`;
  throw new EmbeddedPostgresError('init-failed', `The database could not be prepared: ${cause}.`);
}

async function newPassword(paths: DataPaths): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeFile(`${paths.password}.new`, password, { mode: 0o600 });
  await rename(`${paths.password}.new`, paths.password);
  return password;
}

/** The password of the role `guarita`, if there is one. */
export async function readPassword(paths: DataPaths): Promise<string | undefined> {
  const text = (await readFile(paths.password, 'utf8').catch(() => '')).trim();
  return /^[\w-]{20,}$/.test(text) ? text : undefined;
}

async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith(draft)) await rm(join(home, name), { recursive: true, force: true });
  }
}

/** By name, with what CREATE ROLE says of it. */
export type MoreRoles = Readonly<Record<string, string>>;

/** Makes the cluster aside and moves it into place when it is whole, so that a half-made one is never taken for one. */
export async function makeCluster(options: {
  paths: DataPaths;
  binaries: Binaries;
  user: RunUser;
  durable: boolean;
  moreRoles: MoreRoles;
  log: LauncherLog;
}): Promise<string> {
  const { paths, binaries, user, moreRoles } = options;
  options.log.info({ cluster: paths.cluster, major: binaries.major }, 'Making the database');
  await removeUnfinished(paths.home);
  const unfinished = join(paths.home, `${draft}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(unfinished, { mode: 0o700 });
  if (user !== undefined) await chown(unfinished, user.uid, user.gid);
  try {
    await runInitdb(unfinished, binaries, user, options.durable);
    const password = await newPassword(paths);
    const statements = [
      `create role guarita login createdb password '${password}'`,
      // What is needed to be sure that the server reached is the one of this directory.
      'grant pg_read_all_settings to guarita',
      'create database guarita owner guarita',
      ...Object.entries(moreRoles).map(
        ([role, may]) => `create role ${role} login ${may} password '${password}'`,
      ),
    ];
    await runAlone(statements, unfinished, binaries, user);
    await rename(unfinished, paths.cluster);
    return password;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

/** A lost password file is no loss: the owner of the files may set a new password. */
export async function replacePassword(
  paths: DataPaths,
  binaries: Binaries,
  user: RunUser,
): Promise<string> {
  const password = await newPassword(paths);
  try {
    const statement = `alter role guarita password '${password}'`;
    await runAlone([statement], paths.cluster, binaries, user);
    return password;
  } catch (error) {
    await rm(paths.password, { force: true });
    throw error;
  }
}

/** Writes the server's configuration beside the cluster, where the database's own account cannot change it. */
export async function writeConfiguration(
  paths: DataPaths,
  options: {
    port: number;
    durable: boolean;
    additional: Record<string, string>;
    moreRoles: MoreRoles;
  },
): Promise<void> {
  const { moreRoles, ...server } = options;
  const text = serverConfiguration({ cluster: paths.cluster, hba: paths.hba, ...server });
  const roles = ['guarita', ...Object.keys(moreRoles)];
  for (const [path, content] of [
    [paths.config, text],
    [paths.hba, hostAccess(roles)],
  ] as const) {
    await rm(path, { force: true });
    await writeFile(path, content);
    await chmod(path, 0o644);
  }
}
