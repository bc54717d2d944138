import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../tests/support/free-port.ts';
import { flag, report } from './support/figures.ts';
import { type Heap, openHeap } from './support/heap.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { makeWorkspace } from './support/workspace.ts';

/**
 * A file of blocks from its upload to its end: rows a second of both steps, and the memory of the server meanwhile, which must
 * not grow with the rows: what whole collections leave while the second half is applied is held against the first. What
 * a process holds at the most beside that is when Node collects by itself, which it puts off while there is room.
 */
const rows = flag('rows', 100_000);

interface Import {
  readonly id: string;
  readonly state: string;
  readonly planned: Readonly<Record<string, number>>;
  readonly done: Readonly<Record<string, number>>;
}

const fileOf = (count: number): string =>
  `número;nome;motivo;observação\n${Array.from(
    { length: count },
    (_, n) => `5521${9_0000_0000 + n};Pessoa ${n};Golpe ou fraude;pediu dinheiro ${n}`,
  ).join('\n')}\n`;

const ask = async (
  { url }: BenchServer,
  apiKey: string,
  method: string,
  path: string,
  body?: string,
): Promise<Import> => {
  const answer = await fetch(`${url}/api/v1/block-imports${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'text/csv' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  }
  return (await answer.json()) as Import;
};

/** The most that it ever held while `work` was done. */
const highest = async <T>(server: BenchServer, work: Promise<T>): Promise<[T, number]> => {
  let most = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, await server.memoryMb());
      await sleep(200);
    }
  })();
  try {
    return [await work, most];
  } finally {
    isOver = true;
    await watching;
  }
};

/** @param leftMb gets what a whole collection leaves after each tenth of the rows */
const applied = async (
  server: BenchServer,
  apiKey: string,
  { id, count }: { readonly id: string; readonly count: number },
  heap: Heap,
  leftMb: number[],
): Promise<Import> => {
  await ask(server, apiKey, 'POST', `/${id}/apply`);
  for (;;) {
    const now = await ask(server, apiKey, 'GET', `/${id}`);
    if (now.state !== 'applying') return now;
    if ((now.done['blocked'] ?? 0) >= ((leftMb.length + 1) * count) / 10) {
      leftMb.push(await heap.leftMb());
    }
    await sleep(100);
  }
};

interface Measured {
  readonly readRowsPerSecond: number;
  readonly applyRowsPerSecond: number;
  readonly atReadyMb: number;
  readonly readMb: number;
  readonly applyMb: number;
  /** After each tenth of the rows, and a whole collection. */
  readonly leftMb: readonly number[];
  readonly areAllBlocked: boolean;
  readonly isNothingLeft: boolean;
}

const countKept = (url: string): Promise<number> =>
  withClient(url, async (client) => {
    const found = await client.query('select 1 from block where lifted_at is null');
    return found.rows.length;
  });

/** By a server and a database of its own, so that nothing of another file is in its memory. */
const measure = async (url: string, count: number): Promise<Measured> => {
  const { apiKey } = await makeWorkspace(url);
  const inspector = await freePort();
  const server = await startBenchServer(url, {}, [`--inspect=127.0.0.1:${inspector}`]);
  const heap = await openHeap(inspector);
  await sleep(1_000);
  const atReadyMb = await server.memoryMb();
  const file = fileOf(count);
  const began = performance.now();
  const [read, readMb] = await highest(server, ask(server, apiKey, 'POST', '', file));
  const readSeconds = (performance.now() - began) / 1_000;
  const beganAgain = performance.now();
  const leftMb: number[] = [];
  const [ended, applyMb] = await highest(
    server,
    applied(server, apiKey, { id: read.id, count }, heap, leftMb),
  );
  const applySeconds = (performance.now() - beganAgain) / 1_000;
  const second = await ask(server, apiKey, 'POST', '', file);
  const kept = await countKept(url);
  heap.close();
  await server.stop();
  return {
    readRowsPerSecond: count / readSeconds,
    applyRowsPerSecond: count / applySeconds,
    ...{ atReadyMb, readMb, applyMb, leftMb },
    areAllBlocked: ended.done['blocked'] === count && kept === count,
    isNothingLeft: second.planned['unchanged'] === count,
  };
};

const postgres = await startBenchPostgres();
try {
  const few = await measure(await postgres.makeDatabase('guarita_bench_few'), rows / 10);
  const all = await measure(await postgres.makeDatabase('guarita_bench_all'), rows);
  const { areAllBlocked, isNothingLeft, leftMb, ...figures } = all;
  const half = Math.ceil(leftMb.length / 2);
  const [firstMb, secondMb] = [leftMb.slice(0, half), leftMb.slice(half)].map((mb) =>
    Math.max(...mb),
  );
  const ratio = (secondMb ?? Number.NaN) / (firstMb ?? Number.NaN);
  report(
    'import',
    {
      ratio,
      ...figures,
      collections: leftMb.length,
      leftInFirstHalfMb: firstMb ?? Number.NaN,
      leftInSecondHalfMb: secondMb ?? Number.NaN,
      mostOfTenthMb: Math.max(few.readMb, few.applyMb),
      rows,
    },
    [
      { text: 'every row blocked', isMet: areAllBlocked },
      { text: 'the same file again: nothing to do', isMet: isNothingLeft },
      {
        text: 'memory flat: what collections leave in the second half <= 1.1 x the first',
        isMet: leftMb.length >= 8 && ratio <= 1.1,
      },
    ],
  );
} finally {
  await postgres.stop();
}
