import { connect, createServer, type Socket } from 'node:net';

/** A line to the database that can keep the answer to one commit to itself: committed, and the client does not know. */
export interface CommitLine {
  readonly url: string;
  /** The next transaction that runs a statement with these words is not told of its commit. */
  holdCommitAfter(words: string): void;
  /** Whether such a commit is on its way, or waits for its answer. */
  isHolding(): boolean;
  release(): void;
  close(): Promise<void>;
}

interface Held {
  readonly near: Socket;
  readonly far: Socket;
}

/** Knows which statement bytes run: one that is prepared is written once, and run by its name from then on. */
const createStatementFinder = () => {
  const prepared = new Map<string, string>();
  const learn = (text: string): void => {
    for (const [, name = '', statement = ''] of text.matchAll(
      /P[\s\S]{4}(g[\w-]{22})\0([^\0]*)\0/g,
    )) {
      prepared.set(name, statement);
    }
  };
  /** Where these bytes run a statement with these words, or -1. */
  const findRun = (text: string, words: string): number => {
    const names = [...prepared].filter(([, statement]) => statement.includes(words));
    const places = [words, ...names.map(([name]) => `\0${name}\0`)].map((one) => text.indexOf(one));
    return Math.max(...places);
  };
  return { learn, findRun };
};

/** Speaks as much of PostgreSQL's protocol as it takes to see the words in what the client writes. */
export const openCommitLine = async (databaseUrl: string): Promise<CommitLine> => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const { learn, findRun } = createStatementFinder();
  let wanted: string | undefined;
  let held: Held | undefined;

  const join = (near: Socket, far: Socket): void => {
    let isSuspect = false;
    near.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      learn(text);
      const from = wanted === undefined ? -1 : findRun(text, wanted);
      if (from >= 0) {
        isSuspect = true;
        wanted = undefined;
      }
      // Both may be written at once.
      if (isSuspect && /\bcommit\b/.test(text.slice(Math.max(from, 0)))) {
        isSuspect = false;
        held = { near, far };
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (held?.near === near) {
        far.pause();
        far.unshift(bytes);
      } else {
        near.write(bytes);
      }
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  };
  const server = createServer((near) => join(near, connect(Number(target.port), target.hostname)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('no port');
  }
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    holdCommitAfter: (words) => {
      wanted = words;
    },
    isHolding: () => held !== undefined,
    release: () => {
      const far = held?.far;
      held = undefined;
      far?.resume();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
};
