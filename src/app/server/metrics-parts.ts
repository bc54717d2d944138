import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Numbers that only grow, counted elsewhere, one for each word; all are there from the start, so that a rise is seen. */
export const countersOf = (
  register: Registry,
  name: string,
  help: string,
  label: string,
  read: () => Readonly<Record<string, number>>,
): void => {
  const made: Counter = new Counter({
    name,
    help,
    labelNames: [label],
    registers: [register],
    collect: () => {
      made.reset();
      for (const [word, value] of Object.entries(read())) {
        made.inc({ [label]: word }, value);
      }
    },
  });
};

const reasons: Readonly<Record<number, string>> = {
  408: 'slow',
  413: 'size',
  429: 'rate',
  503: 'full-or-away',
};

/** Requests that a limit ended, by which one; the histogram of requests has them by route. */
export const watchRefusals = (register: Registry, app: FastifyInstance): void => {
  const counts: Record<string, number> = { slow: 0, size: 0, rate: 0, 'full-or-away': 0 };
  countersOf(
    register,
    'guarita_http_refused_total',
    'Requests that a limit ended, by which',
    'reason',
    () => counts,
  );
  app.addHook('onResponse', async (_request, reply) => {
    const reason = reasons[reply.statusCode];
    if (reason !== undefined) {
      counts[reason] = (counts[reason] ?? 0) + 1;
    }
  });
};

/** 1 from the signal to stop until the process ends. */
export const stoppingGauge = (register: Registry): (() => void) => {
  const made = new Gauge({
    name: 'guarita_stopping',
    help: 'Whether this process was told to stop and ends what is under way',
    registers: [register],
  });
  made.set(0);
  return () => made.set(1);
};
