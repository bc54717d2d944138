import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { isDatabaseAwayError } from './errors.ts';

/** By which the database knows the connections of a worker. */
export const runnerName = 'guarita-jobs';

/** graphile-worker repeats what fails with this code; a job's end that fails with another one ends the process. */
const worthRepeating = '40001';
const pauseMs = 250;

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

const cutShort = (error: unknown): unknown =>
  isDatabaseAwayError(error)
    ? Object.assign(new Error('the database went away', { cause: error }), { code: worthRepeating })
    : error;

/** A query that a dying database cut short fails with the code that is repeated. */
const markCutQueries = (client: pg.PoolClient): void => {
  const { query } = client;
  const marking = (...args: unknown[]): unknown => {
    const answer: unknown = Reflect.apply(query, client, args);
    return answer instanceof Promise
      ? answer.catch((error: unknown) => {
          throw cutShort(error);
        })
      : answer;
  };
  Object.assign(client, { query: marking });
};

/**
 * A pool for the job runner, which takes no care of a database that is away for a while: here connecting waits until
 * it is back, for as long as that takes.
 */
export class PatientPool extends pg.Pool {
  #isAway = false;
  readonly #log: Logger;

  /** @param size at most this many connections */
  constructor(connectionString: string, log: Logger, size: number) {
    super({
      connectionString,
      max: size,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      application_name: runnerName,
    });
    this.#log = log;
    // Without handlers a connection that breaks ends the process.
    this.on('error', () => undefined);
    this.on('connect', (client) => {
      client.on('error', () => undefined);
      markCutQueries(client);
    });
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        const client = await super.connect();
        this.#isAway = false;
        return client;
      } catch (err) {
        if (this.ending || !isDatabaseAwayError(err)) {
          throw err;
        }
        if (!this.#isAway) {
          this.#isAway = true;
          this.#log.warn({ err }, 'jobs wait for the database');
        }
      }
      await sleep(pauseMs);
    }
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connected = this.#connectPatiently();
    if (callback === undefined) {
      return connected;
    }
    connected.then(
      (client) => callback(undefined, client, (broken) => client.release(Boolean(broken))),
      (error: unknown) => {
        const cause = error instanceof Error ? error : new Error('no connection');
        callback(cause, undefined, () => undefined);
      },
    );
    return undefined;
  }
}
