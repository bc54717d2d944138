import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Socket } from 'socket.io-client';
import { connectAgents, makeAgents, signInAll } from './support/agents.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres, withClient } from './support/postgres.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { signatureOf, webhookBody } from './support/webhooks.ts';
import { type BenchWorkspace, makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * From the click on *Solicitar remoção* to the cover on every one of 200 connected screens: from the POST to the event in a
 * client that says that the message is covered, one request after the other. The reference is a bare Socket.IO server that
 * broadcasts events of the same size, one after the other, to as many clients.
 */
const agents = flag('agents', 200);
const rounds = flag('rounds', 60);
const warmUp = 10;

interface Covered {
  readonly messages?: readonly { readonly id: string; readonly withheld: string | null }[];
}

/** Ends with the time of the last screen that heard what `isIt` waits for. */
interface Screens {
  readonly sockets: readonly Socket[];
  hearOn(isIt: (changes: Covered) => boolean, startedAt: number): Promise<number[]>;
  bytes(): number;
}

const openScreens = async (url: string, cookies: readonly string[]): Promise<Screens> => {
  let look: (changes: Covered, screen: number) => void = () => undefined;
  let bytes = 0;
  const sockets = await connectAgents(url, cookies, (changes, screen) =>
    look(changes as Covered, screen),
  );
  return {
    sockets,
    bytes: () => bytes,
    hearOn: (isIt, startedAt) =>
      new Promise((resolve, reject) => {
        const times = new Map<number, number>();
        const giveUp = setTimeout(() => reject(new Error('a screen never heard of it')), 20_000);
        look = (changes, screen) => {
          if (times.has(screen) || !isIt(changes)) {
            return;
          }
          times.set(screen, performance.now() - startedAt);
          if (times.size === agents) {
            bytes = JSON.stringify(changes).length;
            clearTimeout(giveUp);
            resolve([...times.values()]);
          }
        };
      }),
  };
};

/** A text of each of so many people. @returns their ids */
const write = async (url: string, server: BenchServer, count: number): Promise<string[]> => {
  for (let n = 0; n < count; n += 1) {
    const text = `Mensagem ${n}: o que ninguém precisa ler, dito de um jeito comum.`;
    const body = webhookBody(senderOf(n), `wamid.cover${process.pid}.${n}`, text);
    await fetch(`${server.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
      body: new Uint8Array(body),
    });
  }
  const { rows } = await withClient(url, (client) =>
    client.query<{ id: string }>(`select id from message where direction = 'in' order by id`),
  );
  return rows.map(({ id }) => id);
};

const ask = async (server: BenchServer, { apiKey }: BenchWorkspace, messageId: string) => {
  const answer = await fetch(`${server.url}/api/v1/messages/removal-requests`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messageIds: [messageId], reason: 'offense' }),
  });
  if (answer.status !== 201) {
    throw new Error(`a request was answered ${answer.status}`);
  }
};

/** What one asker may ask for within an hour is not what is measured. */
const forgetTheHour = (url: string) =>
  withClient(url, (client) =>
    client.query(`update removal_item set asked_at = asked_at - interval '2 hours'`),
  );

const measureOurs = async (url: string, server: BenchServer, workspace: BenchWorkspace) => {
  const messageIds = await write(url, server, rounds + warmUp);
  const screens = await openScreens(server.url, await signInAll(server.url, agents));
  const times: number[] = [];
  for (const [round, messageId] of messageIds.entries()) {
    if (round % 40 === 0) {
      await forgetTheHour(url);
    }
    const isCovered = ({ messages }: Covered) =>
      messages?.some(({ id, withheld }) => id === messageId && withheld === 'covered') === true;
    const heard = screens.hearOn(isCovered, performance.now());
    const [ofRound] = await Promise.all([heard, ask(server, workspace, messageId)]);
    if (round >= warmUp) {
      times.push(...ofRound);
    }
  }
  for (const socket of screens.sockets) {
    socket.disconnect();
  }
  return { times, bytes: screens.bytes() };
};

const measureBare = async (child: ChildProcess, url: string, size: number): Promise<number[]> => {
  const screens = await openScreens(url, Array<string>(agents).fill(''));
  const padding = 'x'.repeat(Math.max(0, size - 80));
  const times: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const id = String(round);
    const heard = screens.hearOn(
      ({ messages }) => messages?.some((message) => message.id === id) === true,
      performance.now(),
    );
    child.send({ messages: [{ id, withheld: 'covered', padding }] });
    const ofRound = await heard;
    if (round >= warmUp) {
      times.push(...ofRound);
    }
  }
  for (const socket of screens.sockets) {
    socket.disconnect();
  }
  return times;
};

const postgres = await startBenchPostgres();
const bareServer = fork(fileURLToPath(new URL('support/bare-socket.ts', import.meta.url)));
try {
  const [bareUrl] = await once(bareServer, 'message');
  const url = await postgres.makeDatabase('guarita_bench');
  const workspace = await makeWorkspace(url);
  await makeAgents(url, workspace.workspaceId, agents);
  const server = await startBenchServer(url);
  const ours = await measureOurs(url, server, workspace);
  const bare = await measureBare(bareServer, String(bareUrl), ours.bytes);
  await server.stop();
  const [p50, p99] = [percentile(ours.times, 50), percentile(ours.times, 99)];
  const [bareP50, bareP99] = [percentile(bare, 50), percentile(bare, 99)];
  const expected = rounds * agents;
  report(
    'cover',
    {
      ratio: p50 / bareP50,
      p50Ms: p50,
      p99Ms: p99,
      maxMs: percentile(ours.times, 100),
      bareP50Ms: bareP50,
      bareP99Ms: bareP99,
      p99Ratio: p99 / bareP99,
      eventBytes: ours.bytes,
      screens: agents,
      covers: rounds,
    },
    [
      { text: 'p99 of POST to cover on a screen <= 300 ms', isMet: p99 <= 300 },
      { text: 'every screen heard of every cover', isMet: ours.times.length === expected },
    ],
  );
} finally {
  bareServer.kill();
  await postgres.stop();
}
