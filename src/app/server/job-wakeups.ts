import { EventEmitter } from 'node:events';
import type { WorkerEvents, WorkerPool } from 'graphile-worker';
import { jobChannel } from '#platform/server/jobs.ts';

/** What the runner itself listens to: that a job was added, not which. */
const anyJob = 'jobs:insert';

/**
 * How long a worker of a runner that is woken waits before it looks by itself, in milliseconds. Each worker counts for itself, so that
 * in seconds they were forty looks a second where nothing was to do.
 */
export const longRestMs = 60_000;

/**
 * Events for a runner whose workers rest until they are woken, one at a time: when a job of its own kinds was added, and every
 * `lookEveryMs` for what is due by now, comes again, or was added without `enqueue`. Whoever finds a job wakes the next, so that many
 * jobs soon have many workers, and one has one. Each look is a statement, and a block alone adds four jobs: woken by any job, all
 * at once, the workers of two processes looked eighteen times while a block was followed by its refusals, which waited for them.
 * @param names of its jobs
 */
export const wakeOnlyFor = (names: readonly string[], lookEveryMs: number): WorkerEvents => {
  const own = new Set(names);
  const events: WorkerEvents = new EventEmitter();
  let open: WorkerPool | undefined;
  const wakeOne = (): void => open?.nudge(1);
  events.on('pool:create', ({ workerPool }) => {
    open = workerPool;
    const looking = setInterval(wakeOne, lookEveryMs);
    const close = (): void => {
      open = undefined;
      clearInterval(looking);
    };
    events.once('pool:gracefulShutdown', close);
    events.once('pool:forcefulShutdown', close);
    events.once('pool:release', close);
  });
  events.on('job:start', wakeOne);
  events.on('pool:listen:success', ({ client }) => {
    // A line that breaks tells the runner too, which opens another and comes here again.
    client.query(`listen "${jobChannel}"`).catch(() => undefined);
  });
  events.on('pool:listen:notification', ({ message }) => {
    if (message.channel === jobChannel && own.has(message.payload ?? '')) {
      wakeOne();
    } else if (message.channel === anyJob) {
      // The runner acts on what it finds here afterwards.
      message.channel = jobChannel;
    }
  });
  return events;
};
