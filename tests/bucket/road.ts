import { connect, createServer, type Socket } from 'node:net';

/** The way to a server, which can be shut: what was under way breaks, and nobody gets through. */
export interface Road {
  readonly url: string;
  shut(): void;
  open(): void;
  close(): Promise<void>;
}

export const startRoad = async (to: string): Promise<Road> => {
  const { hostname, port } = new URL(to);
  const travelling = new Set<Socket>();
  let isShut = false;
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      travelling.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        travelling.delete(one);
        other.destroy();
      });
    }
    if (isShut) {
      near.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('no port');
  }
  const shut = (): void => {
    isShut = true;
    for (const socket of travelling) {
      socket.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    shut,
    open: () => {
      isShut = false;
    },
    close: async () => {
      shut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
