import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import { jobChannel } from '#platform/server/jobs.ts';

/** What the runner itself listens to: that a job was added, not which. */
const anyJob = 'jobs:insert';

/**
 * Events for a runner that has few kinds of jobs: it looks for one when one of its own was added, not whenever any was.
 * Each look is a statement, and a single block adds four jobs; with four runners in each process that came to thirty
 * looks, which the refusals that follow a block had to wait for. What was added without `enqueue` is found by polling.
 * @param names of its jobs
 * @param atOnce how many of them it runs
 */
export const wakeOnlyFor = (names: readonly string[], atOnce: number): WorkerEvents => {
  const own = new Set(names);
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:listen:success', ({ client }) => {
    // A line that breaks tells the runner too, which opens another and comes here again.
    client.query(`listen "${jobChannel}"`).catch(() => undefined);
  });
  events.on('pool:listen:notification', ({ workerPool, message }) => {
    if (message.channel === jobChannel && own.has(message.payload ?? '')) {
      workerPool.nudge(atOnce);
    } else if (message.channel === anyJob) {
      // The runner acts on what it finds here afterwards.
      message.channel = jobChannel;
    }
  });
  return events;
};
