import { type Binaries, prepareBinaries } from './binaries.ts';
import {
  checkCluster,
  type MoreRoles,
  makeCluster,
  readPassword,
  replacePassword,
  writeConfiguration,
} from './cluster.ts';
import {
  type DataPaths,
  findDataPaths,
  makeUsable,
  settleDataLocation,
  unreachable,
} from './data-location.ts';
import { EmbeddedPostgresError, systemCode } from './errors.ts';
import { acquireLauncherLock, type LauncherLock, lockBeatMs, lockHolder } from './launcher-lock.ts';
import type { LauncherLog } from './launcher-log.ts';
import { clearLeftovers } from './leftovers.ts';
import { pause } from './pause.ts';
import { choosePort, rememberedPort } from './port.ts';
import { launchPostmaster, type Postmaster, untilReady } from './postmaster.ts';
import type { RunUser } from './run-as.ts';
import { openServerLog, type ServerLog } from './server-log.ts';
import { supervise } from './supervise.ts';

export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './errors.ts';

/** A running database of our own. It ends with this process, however that ends. */
export interface EmbeddedPostgres {
  /** Valid for the life of the handle, also when the server had to be started again. Holds the password. */
  readonly connectionString: string;
  /** Where the cluster really lives. */
  readonly dataDir: string;
  /** Undefined while the server is down. */
  readonly postmasterPid: () => number | undefined;
  /** Orderly end of the server; may be called again. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** e.g. `./.guarita`; made when missing. */
  dataDir: string;
  log: LauncherLog;
  /** Other binaries than the bundled ones, e.g. `/usr/lib/postgresql/15/bin`. */
  binDir?: string;
  /** Additional server settings; they win over ours. */
  settings?: Record<string, string>;
  /** Default: a free one, kept across restarts as long as it stays free. */
  port?: number;
  /** False gives up safety against power loss for speed; for tests. */
  durable?: boolean;
  /** More roles, made with the cluster, that sign in with the same password and own nothing; for tests. */
  moreRoles?: MoreRoles;
}

/** What stays the same over all starts of the server. */
interface Site {
  paths: DataPaths;
  user: RunUser;
  binaries: Binaries;
  serverLog: ServerLog;
  password: string;
  port: number;
  log: LauncherLog;
}

function connectionString(password: string, port: number): string {
  return `postgres://guarita:${password}@127.0.0.1:${port}/guarita`;
}

async function prepareSite(
  options: EmbeddedPostgresOptions,
  paths: DataPaths,
  user: RunUser,
): Promise<Site> {
  const { log, binDir, durable = true, moreRoles = {} } = options;
  const binaries = await prepareBinaries({ binDir, user, home: paths.home, log });
  const exists = await checkCluster(paths.cluster, binaries);
  let password = await readPassword(paths);
  if (exists) {
    await makeUsable(paths.cluster, user, log);
    await clearLeftovers({ cluster: paths.cluster, user, password: password ?? '', log });
    password ??= await replacePassword(paths, binaries, user);
  } else {
    password = await makeCluster({ paths, binaries, user, durable, moreRoles, log });
  }
  const port = await choosePort(paths.port, options.port);
  const additional = options.settings ?? {};
  await writeConfiguration(paths, { port, durable, additional, moreRoles });
  return { paths, user, binaries, password, port, log, serverLog: openServerLog(paths.serverLog) };
}

async function startOnce(site: Site, abort: AbortSignal): Promise<Postmaster> {
  const { paths, user, serverLog, password, port, log } = site;
  await clearLeftovers({ cluster: paths.cluster, user, password, log });
  const launch = { paths, user, serverLog, postgres: site.binaries.postgres };
  const logFrom = serverLog.end();
  const postmaster = await launchPostmaster(launch);
  try {
    await untilReady(postmaster, { ...launch, port, password, logFrom }, abort);
    return postmaster;
  } catch (error) {
    await postmaster.end();
    throw error;
  }
}

/** A dead server can stay a zombie for some seconds, or hold its memory; PostgreSQL then refuses to start. */
async function startPatiently(site: Site, abort: AbortSignal): Promise<Postmaster> {
  const end = performance.now() + 10_000;
  for (;;) {
    try {
      return await startOnce(site, abort);
    } catch (error) {
      const passing =
        error instanceof EmbeddedPostgresError &&
        /lock file|shared memory block/.test(error.message);
      if (!passing || abort.aborted || performance.now() > end) throw error;
    }
    await pause(300, abort);
  }
}

function keepHouse(lock: LauncherLock, site: Site): NodeJS.Timeout {
  return setInterval(() => {
    void lock.beat();
    site.serverLog.bound().catch((error: unknown) => {
      site.log.warn({ code: systemCode(error) }, 'The log of the database could not be shortened');
    });
  }, lockBeatMs).unref();
}

/** Starts the database, making it first if there is none, and keeps it running until `stop` or the end of this process. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'];
    throw denied.includes(systemCode(error)) ? unreachable(options.dataDir, error) : error;
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { paths, user } = await settleDataLocation(options.dataDir, options.log);
  const lock = await acquireLauncherLock(paths.home, paths.lock);
  try {
    const site = await prepareSite(options, paths, user);
    const first = await startPatiently(site, new AbortController().signal).catch(
      (error: unknown) => {
        site.serverLog.close();
        throw error;
      },
    );
    const supervision = supervise(first, (abort) => startPatiently(site, abort), options.log);
    const timer = keepHouse(lock, site);
    const { port } = site;
    options.log.info({ pid: first.pid, port, cluster: paths.cluster }, 'The database is ready');
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await supervision.stop();
      clearInterval(timer);
      site.serverLog.close();
      await lock.release();
    };
    return {
      connectionString: connectionString(site.password, port),
      dataDir: paths.cluster,
      postmasterPid: supervision.pid,
      stop() {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The address of the database that another process runs on this data directory now, if one does: for command-line tools. */
export async function findRunningEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const paths = await findDataPaths(dataDir);
  if (paths === undefined || (await lockHolder(paths.lock)) === undefined) return undefined;
  const [password, port] = await Promise.all([readPassword(paths), rememberedPort(paths.port)]);
  if (password === undefined || port === undefined) return undefined;
  return connectionString(password, port);
}
