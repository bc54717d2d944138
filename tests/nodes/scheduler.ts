import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, type Runner, run } from 'graphile-worker';
import pg from 'pg';

const name = 'nodes.probe';

/**
 * Two runners with one timetable, as the workers of two nodes are: what is due every minute is done once a minute. Our
 * own timetable is hourly, so this one stands for it.
 */
export const startSchedulers = async (databaseUrl: string) => {
  const runs: number[] = [];
  const pools: pg.Pool[] = [];
  const start = (): Promise<Runner> => {
    const pgPool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
    pgPool.on('error', () => undefined);
    pgPool.on('connect', (client) => client.on('error', () => undefined));
    pools.push(pgPool);
    return run({
      pgPool,
      noHandleSignals: true,
      logger: new Logger(() => () => undefined),
      taskList: {
        [name]: async () => {
          runs.push(Date.now());
        },
      },
      parsedCronItems: parseCronItems([{ task: name, match: '* * * * *' }]),
    });
  };
  const runners = [await start(), await start()];
  const begun = Date.now();
  const minutes = (): number => Math.floor(Date.now() / 60_000) - Math.floor(begun / 60_000);
  return {
    /** Waits for the first minute to begin, and looks whether it was done once. */
    outcome: async (): Promise<{ due: number; done: number }> => {
      while (minutes() < 1 || Date.now() % 60_000 < 2_500) {
        await sleep(100);
      }
      const outcome = { due: minutes(), done: runs.length };
      await Promise.all(runners.map((runner) => runner.stop()));
      await Promise.all(pools.map((pool) => pool.end()));
      return outcome;
    },
  };
};
