import { setTimeout as sleep } from 'node:timers/promises';
import {
  makeWorkerUtils,
  parseCronItems,
  type Runner,
  type RunnerOptions,
  run,
  type TaskList,
  Logger as WorkerLogger,
} from 'graphile-worker';
import type { Channel } from '#channels/channel.ts';
import { keepHeadsJob, sealEvents } from '#features/audit/server/index.ts';
import {
  deliveryJobs,
  indexMessagesJob,
  linkCardJobs,
  purgeOldJob,
  sweepJob,
} from '#features/conversations/server/index.ts';
import {
  checkAllListsJob,
  forgetTracesJob,
  healUpstreamJob,
  upstreamJobs,
} from '#features/gate/server/index.ts';
import { appendRegularly } from '#features/journal/server/index.ts';
import { fetchJobs, sweepMediaJob, sweepOrphansJob } from '#features/media/server/index.ts';
import { removalUpkeepJob, tidyTablesJob } from '#features/removals/server/index.ts';
import { syncAllTemplatesJob, templateJobs } from '#features/templates/server/index.ts';
import { forgetWebhooksJob, webhookJobs } from '#features/webhooks/server/index.ts';
import { createDb, createPool, noLimits } from '#platform/server/db.ts';
import type { Deps } from '#platform/server/deps.ts';
import type { AnyJob } from '#platform/server/jobs.ts';
import { PatientPool } from '#platform/server/patient-pool.ts';
import { featureJobs } from './features.ts';
import { releaseJobsOfTheDead } from './job-store.ts';
import { longRestMs, wakeOnlyFor } from './job-wakeups.ts';
import type { Metrics } from './metrics.ts';

/** What may take long when there is much of it. */
const upkeepNames = new Set<string>([
  forgetTracesJob.name,
  sweepMediaJob.name,
  sweepOrphansJob.name,
  purgeOldJob.name,
  forgetWebhooksJob.name,
  tidyTablesJob.name,
]);
/** What comes by the clock (UTC), whichever runner has it. */
export const cronLines: readonly { readonly task: string; readonly match: string }[] = [
  { task: forgetTracesJob.name, match: '17 * * * *' },
  { task: sweepMediaJob.name, match: '37 * * * *' },
  { task: sweepOrphansJob.name, match: '53 4 * * *' },
  { task: purgeOldJob.name, match: '23 3 * * *' },
  { task: syncAllTemplatesJob.name, match: '7 * * * *' },
  { task: keepHeadsJob.name, match: '2 * * * *' },
  { task: forgetWebhooksJob.name, match: '29 * * * *' },
  { task: checkAllListsJob.name, match: '11 5 * * *' },
  { task: removalUpkeepJob.name, match: '*/10 * * * *' },
  // So that nothing that waits for the night depends on a job that was lost.
  { task: tidyTablesJob.name, match: '43 * * * *' },
];
/** How many jobs of this process run at once; each holds a request to WhatsApp or a short transaction. */
const concurrency = 12;
/**
 * Files take long and may be many: a runner of their own, so that no message waits behind them. Making thumbnails is work
 * for the processor, and reading a file holds no more than a piece of it.
 */
const slowConcurrency = 4;
/** Pages that messages link to are strangers' and may be slow on purpose: no file waits behind them. */
const pageConcurrency = 2;
/** So may those be that are told of events, of which one has at most four, and one once it fails (claim-delivery.ts). */
const webhookConcurrency = 8;
/** Of the runners themselves: to find jobs, to record their ends, to listen. */
const runnerConnections = 7;
/** What is due by now, as a message is that comes again, waits no longer. */
const lookEveryMs = 250;
/** Nor does what takes long anyway. */
const lookAsideEveryMs = 1_000;
const sweepEveryMs = 5_000;
/** The audit log is sealed within two seconds. */
const sealEveryMs = 1_000;
/** What was removed, and who was blocked, is in the journal within two seconds. */
const journalEveryMs = 1_000;
/** A little longer than a request to WhatsApp may take. */
const longestStopMs = 8_500;

export interface Worker {
  stop(): Promise<void>;
}

const measured = async (
  metrics: Metrics | undefined,
  name: string,
  work: () => Promise<void>,
): Promise<void> => {
  const begun = performance.now();
  const tell = (end: 'done' | 'failed'): void =>
    metrics?.jobEnded(name, end, (performance.now() - begun) / 1000);
  try {
    await work();
    tell('done');
  } catch (error) {
    tell('failed');
    throw error;
  }
};

const tasksOf = (deps: Deps, jobs: readonly AnyJob[], metrics: Metrics | undefined): TaskList =>
  Object.fromEntries(
    jobs.map((job) => [
      job.name,
      (payload: unknown, helpers: { job: { attempts: number } }) =>
        measured(metrics, job.name, () =>
          job.runUnparsed(payload, { deps, log: deps.log, attempt: helpers.job.attempts }),
        ),
    ]),
  );

/** The worker's own log quotes payloads of failed jobs: only its level and plain message pass. */
const quietLogger = (deps: Deps): WorkerLogger =>
  new WorkerLogger(() => (level, message) => {
    // It would like as many connections as jobs; ours have the pool of the process beside the runner's.
    if ((level === 'error' || level === 'warning') && !message.includes('maxPoolSize')) {
      deps.log.warn({ from: 'worker', kind: message.split(/[\s(:]/, 3).join(' ') }, 'job trouble');
    }
  });

/** Starts the runner again whenever it ends without having been told to. */
const keepRunning = async (deps: Deps, start: () => Promise<Runner>): Promise<Worker> => {
  let isStopping = false;
  let runner = await start();
  const watch = async (): Promise<void> => {
    for (let ended = runner.promise; !isStopping; ended = runner.promise) {
      await ended.catch((err: unknown) => deps.log.error({ err }, 'the worker ended'));
      while (!isStopping && ended === runner.promise) {
        await sleep(1_000);
        await start().then(
          (again) => {
            runner = again;
          },
          (err: unknown) => deps.log.error({ err }, 'the worker did not start again'),
        );
      }
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      isStopping = true;
      await runner.stop().catch(() => undefined);
      await watching;
      // One that was just starting again.
      await runner.stop().catch(() => undefined);
    },
  };
};

/** Does `work` again and again, never twice at once. A try that fails is told, and the next one comes. */
const every = (ms: number, deps: Deps, what: string, work: () => Promise<unknown>) => {
  let running: Promise<void> | undefined;
  const once = (): void => {
    running ??= work()
      .then(
        () => undefined,
        (err: unknown) => deps.log.warn({ err }, what),
      )
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(once, ms);
  once();
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await running;
    },
  };
};

const keepJournal = (deps: Deps) =>
  every(journalEveryMs, deps, 'the journal could not be written', appendRegularly(deps));

/** Runs jobs until stopped. A process that dies leaves its claims and its jobs behind: the sweep finds them. */
export const startWorker = async (
  deps: Deps,
  channel: Channel,
  databaseUrl: string,
  metrics?: Metrics,
): Promise<Worker> => {
  const logger = quietLogger(deps);
  const pgPool = new PatientPool(databaseUrl, deps.log, runnerConnections);
  // After a long rest there is much to forget at once.
  const upkeepPool = createPool(databaseUrl, deps.log, 1, noLimits);
  const upkeep: Deps = { ...deps, pool: upkeepPool, db: createDb(upkeepPool) };
  const runnerOf = (
    taskList: TaskList,
    atOnce: number,
    everyMs: number,
    more: Pick<RunnerOptions, 'parsedCronItems'> = {},
  ) =>
    keepRunning(deps, () =>
      run({
        pgPool,
        logger,
        concurrency: atOnce,
        noHandleSignals: true,
        pollInterval: longRestMs,
        taskList,
        events: wakeOnlyFor(Object.keys(taskList), everyMs),
        ...more,
      }),
    );
  const running = await runnerOf(
    {
      ...tasksOf(
        deps,
        [...featureJobs, ...deliveryJobs(channel), ...upstreamJobs(channel)],
        metrics,
      ),
      ...tasksOf(
        upkeep,
        featureJobs.filter(({ name }) => upkeepNames.has(name)),
        metrics,
      ),
    },
    concurrency,
    lookEveryMs,
    {
      parsedCronItems: parseCronItems([...cronLines]),
    },
  );
  const aside = (jobs: readonly AnyJob[], atOnce: number) =>
    runnerOf(tasksOf(deps, jobs, metrics), atOnce, lookAsideEveryMs);
  const slow = await aside([...fetchJobs(channel), ...templateJobs(channel)], slowConcurrency);
  const pages = await aside(linkCardJobs(), pageConcurrency);
  const webhooks = await aside(webhookJobs(), webhookConcurrency);
  const utils = await makeWorkerUtils({ pgPool: deps.pool, logger });
  const sweeping = every(sweepEveryMs, deps, 'the sweep could not be enqueued', async () => {
    await releaseJobsOfTheDead(deps.pool);
    for (const { name } of [sweepJob, indexMessagesJob, healUpstreamJob]) {
      await utils.addJob(name, {}, { jobKey: name, maxAttempts: 1 });
    }
  });
  const sealing = every(sealEveryMs, deps, 'the audit log could not be sealed', () =>
    sealEvents(deps),
  );
  const journal = keepJournal(deps);
  return {
    stop: async () => {
      const timers = Promise.all([sweeping.stop(), sealing.stop(), journal.stop()]);
      const orderly = Promise.all([
        timers,
        ...[running, slow, pages, webhooks].map((runner) => runner.stop()),
      ]).then(() => Promise.all([pgPool.end(), upkeepPool.end()]));
      // A database that is away would hold the runner, which waits for it.
      await Promise.race([orderly, sleep(longestStopMs, undefined, { ref: false })]);
      await utils.release();
    },
  };
};
