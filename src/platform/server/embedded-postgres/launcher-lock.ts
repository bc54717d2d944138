import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, systemCode } from './errors.ts';
import { pause } from './pause.ts';
import { identityOf, pidNamespace } from './process-table.ts';

/** How often `beat` should be called; a holder in another container counts as gone after three silent ones. */
export const lockBeatMs = 2_000;

interface Claim {
  pid: number;
  identity: string;
  namespace: string;
  since: number;
}

interface LiveClaim extends Claim {
  name: string;
}

export interface LauncherLock {
  beat(): Promise<void>;
  release(): Promise<void>;
}

async function isFresh(path: string): Promise<boolean> {
  const modified = await stat(path).catch(() => undefined);
  return modified !== undefined && Date.now() - modified.mtimeMs < 3 * lockBeatMs;
}

async function lives(claim: Claim, path: string): Promise<boolean> {
  if (claim.namespace !== pidNamespace()) return isFresh(path);
  const identity = await identityOf(claim.pid);
  return identity !== '' && identity === claim.identity;
}

async function readClaim(path: string): Promise<Claim | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Claim;
  } catch (error) {
    if (['EACCES', 'EPERM'].includes(systemCode(error))) throw error;
    return undefined;
  }
}

/** The claims of living processes, oldest first. Names are never used twice, so the file of a dead one may be deleted by anybody. */
async function liveClaims(directory: string): Promise<LiveClaim[]> {
  const found: LiveClaim[] = [];
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.endsWith('.claim')) continue;
    const path = join(directory, name);
    const claim = await readClaim(path);
    if (claim !== undefined && (await lives(claim, path))) found.push({ ...claim, name });
    else await rm(path, { force: true }).catch(() => {});
  }
  return found.sort((a, b) => a.since - b.since);
}

/** The pid of the launcher that holds this lock now, if any does. */
export async function lockHolder(directory: string): Promise<number | undefined> {
  return (await liveClaims(directory))[0]?.pid;
}

function refused(home: string, holder: Claim): EmbeddedPostgresError {
  const who =
    holder.pid === process.pid ? `this very process (${holder.pid})` : `process ${holder.pid}`;
  return new EmbeddedPostgresError(
    'already-running',
    `The database in ${home} is already run by ${who}. Stop that one first (kill ${holder.pid}), or start with another --data-dir.`,
  );
}

/**
 * Makes this process the only launcher of this home, or says who is. Each candidate writes a claim of its own and then looks for others:
 * of two, one at least sees the other, so that never both go on. A killed process holds nothing; one that was killed just now takes a
 * moment to die, and one in another container is known to be gone only by its silence.
 */
export async function acquireLauncherLock(home: string, directory: string): Promise<LauncherLock> {
  const mine: Claim = {
    pid: process.pid,
    identity: await identityOf(process.pid),
    namespace: pidNamespace(),
    since: Date.now(),
  };
  const name = `${randomBytes(8).toString('hex')}.claim`;
  const path = join(directory, name);
  const put = async (): Promise<void> => {
    await writeFile(`${path}.new`, JSON.stringify(mine), { mode: 0o600 });
    await rename(`${path}.new`, path);
  };
  const release = (): Promise<void> => rm(path, { force: true });

  await mkdir(directory, { recursive: true, mode: 0o700 });
  const begin = performance.now();
  for (;;) {
    await put();
    const others = (await liveClaims(directory)).filter((claim) => claim.name !== name);
    const first = others[0];
    if (first === undefined) break;
    const patience = first.namespace === mine.namespace ? 1_500 : 4 * lockBeatMs;
    // Among candidates the one with the smallest name stays and the others step back, so that one of them gets through.
    const stepBack = others.some((claim) => claim.name < name);
    const tooLong = performance.now() - begin > patience;
    if (stepBack || tooLong) await release();
    if (tooLong) throw refused(home, first);
    await pause(stepBack ? 100 : 25);
  }
  return {
    async beat() {
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
    },
    release,
  };
}
