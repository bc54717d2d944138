import { EmbeddedPostgresError, systemCode } from './errors.ts';
import type { LauncherLog } from './launcher-log.ts';
import { pause } from './pause.ts';
import type { Postmaster } from './postmaster.ts';

const backOffMs = [0, 250, 500, 1_000, 2_000, 5_000];

export interface Supervision {
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Keeps the server running: whenever it ends without having been told to, it is started again, for as long as it takes. */
export function supervise(
  first: Postmaster,
  start: (abort: AbortSignal) => Promise<Postmaster>,
  log: LauncherLog,
): Supervision {
  const stopping = new AbortController();
  const toldToStop = aborted(stopping.signal);
  let current: Postmaster | undefined = first;

  async function startAgain(): Promise<Postmaster | undefined> {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      await pause(backOffMs[Math.min(attempt, backOffMs.length - 1)] ?? 0, stopping.signal);
      try {
        return await start(stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return undefined;
        const cause = error instanceof EmbeddedPostgresError ? error.message : systemCode(error);
        log.error({ attempt, cause }, 'The database did not start again; trying on');
      }
    }
    return undefined;
  }

  async function keepRunning(): Promise<void> {
    while (current !== undefined) {
      const server = current;
      await Promise.race([server.lost, toldToStop]);
      if (!stopping.signal.aborted) {
        log.error({ pid: server.pid }, 'The database ended unasked; starting it again');
      }
      current = stopping.signal.aborted ? server : undefined;
      await server.end();
      current = await startAgain();
      if (current !== undefined) log.info({ pid: current.pid }, 'The database is back');
    }
  }

  const finished = keepRunning();
  return {
    pid: () => current?.pid,
    async stop() {
      stopping.abort();
      await finished;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
