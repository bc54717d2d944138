import { connect, createServer, type Socket } from 'node:net';

/** The plainest balancer there is: each new connection goes to the next node, or to the one after when that refuses. */
export interface Balancer {
  readonly url: string;
  /** How many connections each node was given. */
  readonly given: readonly number[];
  close(): Promise<void>;
}

const join = (client: Socket, node: Socket): void => {
  client.pipe(node);
  node.pipe(client);
  client.on('close', () => node.destroy());
  node.on('close', () => client.destroy());
};

/** @param ports of the nodes on this machine, none of which needs to be there */
export const startBalancer = async (ports: readonly number[]): Promise<Balancer> => {
  const given = ports.map(() => 0);
  const open = new Set<Socket>();
  let next = 0;

  const handOn = (client: Socket, which: number, triesLeft: number): void => {
    const node = connect({ host: '127.0.0.1', port: ports[which] ?? 0 });
    node.once('connect', () => {
      given[which] = (given[which] ?? 0) + 1;
      join(client, node);
    });
    node.once('error', () => {
      node.destroy();
      if (node.connecting || node.bytesWritten > 0 || triesLeft === 0) {
        client.destroy();
      } else {
        // The one after this one, whatever others were given meanwhile.
        handOn(client, (which + 1) % ports.length, triesLeft - 1);
      }
    });
  };
  const server = createServer({ pauseOnConnect: true }, (client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    handOn(client, next++ % ports.length, ports.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    given,
    close: async () => {
      for (const client of open) {
        client.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
