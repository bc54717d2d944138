import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below where Linux takes the ports of outgoing connections from (32768 and up): one of those would take
 * a port that is free now before the server it is meant for listens.
 */
const [lowest, highest] = [20_000, 32_000];
const tries = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port of the loopback that nobody listens on now, and that nobody is given unasked. */
export const freePort = async (): Promise<number> => {
  for (let n = 0; n < tries; n += 1) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found in ${tries} tries`);
};
