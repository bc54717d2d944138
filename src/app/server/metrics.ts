import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Ingest, requestFigures } from '#channels/whatsapp/server/index.ts';
import { databaseTimeOuts } from '#platform/server/database-time-outs.ts';
import type { Deps } from '#platform/server/deps.ts';
import { countersOf, stoppingGauge, watchRefusals } from './metrics-parts.ts';
import { type Backlog, readBacklog } from './metrics-queries.ts';

export type JobEnd = 'done' | 'failed';

/** The Prometheus figures of this process. What a part knows is asked when somebody reads. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  /** @param app the root, before its routes: a hook of a plugin hears only that plugin's requests */
  watchRequests(app: FastifyInstance): void;
  watchIngest(ingest: Ingest): void;
  watchSockets(count: () => number): void;
  jobEnded(name: string, end: JobEnd, seconds: number): void;
  /** The process was told to stop. */
  stopping(): void;
}

const observeRequests = (register: Registry) => {
  const requests = new Histogram({
    name: 'guarita_http_request_seconds',
    help: 'Duration of HTTP requests by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10],
    registers: [register],
  });
  return (app: FastifyInstance): void => {
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      requests.observe(labels, reply.elapsedTime / 1000);
    });
  };
};

const gauge = (register: Registry, name: string, help: string, read: () => number): void => {
  const made: Gauge = new Gauge({
    name,
    help,
    registers: [register],
    collect: () => made.set(read()),
  });
};

/** A number that only grows, counted elsewhere. */
const counter = (register: Registry, name: string, help: string, read: () => number): void => {
  const made: Counter = new Counter({
    name,
    help,
    registers: [register],
    collect: () => {
      made.reset();
      made.inc(read());
    },
  });
};

const watchPool = (register: Registry, { pool }: Deps): void => {
  const connections: Gauge<'state'> = new Gauge({
    name: 'guarita_database_connections',
    help: 'Connections of the pool, by state; waiting: requests for one',
    labelNames: ['state'],
    registers: [register],
    collect: () => {
      connections.set({ state: 'total' }, pool.totalCount);
      connections.set({ state: 'idle' }, pool.idleCount);
      connections.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
};

/** The same in every process on one database: take one of them, not their sum. */
const watchBacklog = (register: Registry, { pool }: Deps): void => {
  let reading: Promise<Backlog | undefined> | undefined;
  /** One reading for all the figures of it. A database that is away has none, and old ones would look fresh. */
  const read = (): Promise<Backlog | undefined> => {
    reading ??= readBacklog(pool)
      .catch(() => undefined)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const make = (
    name: string,
    help: string,
    values: (found: Backlog) => Readonly<Record<string, number>>,
  ): void => {
    const made: Gauge<'state'> = new Gauge({
      name: `guarita_${name}`,
      help,
      labelNames: ['state'],
      registers: [register],
      collect: async () => {
        const found = await read();
        made.reset();
        for (const [state, value] of Object.entries(found === undefined ? {} : values(found))) {
          made.set({ state }, value);
        }
      },
    });
  };
  make('jobs', 'Jobs in the database', (found) => ({
    due: found.jobsDue,
    later: found.jobsLater,
    running: found.jobsRunning,
    failed: found.jobsFailed,
  }));
  make('jobs_oldest_seconds', 'For how long the oldest job that is due has waited', (found) => ({
    due: found.oldestDueSeconds,
  }));
  make('claims', 'Requests to WhatsApp without a recorded end', (found) => ({
    open: found.claimsOpen,
    overdue: found.claimsOverdue,
  }));
  make('messages', 'Messages that have not left yet, or whose end nobody knows', (found) => ({
    waiting: found.messagesWaiting,
    unknown: found.messagesUnknown,
  }));
  make('media', 'Files of people: those to be fetched, and those not had in a day', (found) => ({
    ...found.media,
  }));
};

const watchIngest = (register: Registry, { figures, bodies }: Ingest): void => {
  const one = (kind: typeof gauge, name: string, help: string, key: keyof typeof figures): void =>
    kind(register, `guarita_ingest_${name}`, help, () => figures[key]);
  one(gauge, 'waiting_items', 'Items of webhooks that wait to be stored', 'waitingItems');
  one(gauge, 'waiting_bytes', 'Bytes of the webhooks that wait', 'waitingBytes');
  one(counter, 'items_total', 'Items that were taken out of the queue', 'items');
  one(counter, 'batches_total', 'Transactions they were taken into', 'batches');
  gauge(
    register,
    'guarita_ingest_body_bytes',
    'Bytes of webhooks that are read or wait for their answer',
    () => bodies.figures.bytes,
  );
  counter(
    register,
    'guarita_ingest_refused_total',
    'Webhooks answered 503 because too much was under way',
    () => figures.refused + bodies.figures.refused,
  );
  one(counter, 'failed_total', 'Webhooks answered 503 because they could not be stored', 'failed');
};

const watchTimeOuts = (register: Registry): void => {
  const database = 'What a limit of time ended at the database, by which';
  countersOf(
    register,
    'guarita_database_time_outs_total',
    database,
    'limit',
    () => databaseTimeOuts,
  );
  const graph = 'Requests to WhatsApp by how they ended';
  countersOf(register, 'guarita_whatsapp_requests_total', graph, 'end', () => requestFigures);
};

export const createMetrics = (deps: Deps): Metrics => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  watchPool(register, deps);
  watchBacklog(register, deps);
  watchTimeOuts(register);
  const jobs = new Histogram({
    name: 'guarita_job_seconds',
    help: 'Duration of jobs that this process ran',
    labelNames: ['job', 'end'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30],
    registers: [register],
  });
  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    watchRequests: (app) => {
      observeRequests(register)(app);
      watchRefusals(register, app);
    },
    watchIngest: (ingest) => watchIngest(register, ingest),
    watchSockets: (count) =>
      gauge(register, 'guarita_live_sockets', 'Screens connected to this process', count),
    stopping: stoppingGauge(register),
    jobEnded: (job, end, seconds) => jobs.observe({ job, end }, seconds),
  };
};
