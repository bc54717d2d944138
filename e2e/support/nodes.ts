import { type Balancer, startBalancer } from '../../tests/nodes/balancer.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import type { World } from './world.ts';

/** Two nodes behind one address, for a story that takes one away. */
export interface Nodes {
  readonly url: string;
  readonly balancer: Balancer;
  /** kill -9 of a node, in the middle of whatever it does. */
  kill(which: 0 | 1): Promise<void>;
  /** The second starts when the story says so. */
  startSecond(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * They share the database with the servers of the world, whose workers do the sending: what a killed
 * worker had in its hands is settled within a minute, which tests/nodes.ts waits for and no story does.
 */
export const startNodes = async (world: World): Promise<Nodes> => {
  const ports = [await freePort(), await freePort()] as const;
  const running = new Map<number, ServerProcess>();
  const start = async (which: 0 | 1): Promise<void> => {
    const node = await startServerProcess({
      DATABASE_URL: world.databaseUrl,
      GUARITA_SECRET: world.secret,
      GRAPH_API_URL: world.simulator,
      GUARITA_ROLES: 'web',
      PORT: String(ports[which]),
    });
    running.set(which, node);
  };
  const balancer = await startBalancer(ports);
  const stop = async (): Promise<void> => {
    await balancer.close();
    await Promise.all([...running.values()].map((node) => node.stop()));
  };
  try {
    await start(0);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: balancer.url,
    balancer,
    kill: async (which) => running.get(which)?.kill(),
    startSecond: () => start(1),
    stop,
  };
};
