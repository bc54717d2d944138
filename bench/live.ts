import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { atRate, connectAgents, makeAgents, signInAll, textsOf } from './support/agents.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres } from './support/postgres.ts';
import { startBenchServer } from './support/server.ts';
import { signatureOf, webhookBody } from './support/webhooks.ts';
import { makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * 100 messages/s, 200 connected agents who all see them: from POST to event in a client, against a bare Socket.IO
 * server that broadcasts events of the same size at the same rate to as many clients.
 */
const agents = flag('agents', 200);
const perSecond = flag('rate', 100);
const seconds = flag('seconds', 10);
/** Not counted, on either side: new contacts, plans made for the first time, code not yet compiled. */
const warmUp = perSecond * 3;

interface Delivery {
  readonly latenciesMs: number[];
  bytes: number;
  events: number;
  /** How late the clients' own process came to anything, at the ninety-ninth of a hundred looks. */
  clientsLateP99Ms: number;
}

/** Looks at the loop of this process, in which all clients live, while `work` is done. */
const watchingClients = async (work: () => Promise<Delivery>): Promise<Delivery> => {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const delivery = await work();
  loop.disable();
  return { ...delivery, clientsLateP99Ms: loop.percentile(99) / 1e6 };
};

const measureOurs = async (url: string, cookies: readonly string[]): Promise<Delivery> => {
  const postedAt = new Map<string, number>();
  const delivery: Delivery = { latenciesMs: [], bytes: 0, events: 0, clientsLateP99Ms: 0 };
  const sockets = await connectAgents(url, cookies, (changes) => {
    const now = performance.now();
    delivery.events += 1;
    if (delivery.events % agents === 0) {
      delivery.bytes += JSON.stringify(changes).length;
    }
    for (const text of textsOf(changes)) {
      const at = postedAt.get(text);
      if (at !== undefined) {
        delivery.latenciesMs.push(now - at);
      }
    }
  });
  await atRate(warmUp + perSecond * seconds, perSecond, (n) => {
    const text = `Mensagem ${n}: bom dia, o meu pedido já saiu para entrega?`;
    const body = webhookBody(senderOf(n % 100), `wamid.live${process.pid}.${n}`, text);
    if (n >= warmUp) {
      postedAt.set(text, performance.now());
    }
    void fetch(`${url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
      body: new Uint8Array(body),
    });
  });
  await sleep(1_000);
  for (const socket of sockets) {
    socket.disconnect();
  }
  return delivery;
};

const measureBare = async (child: ChildProcess, url: string, size: number): Promise<Delivery> => {
  const postedAt = new Map<string, number>();
  const delivery: Delivery = { latenciesMs: [], bytes: 0, events: 0, clientsLateP99Ms: 0 };
  const sockets = await connectAgents(url, Array<string>(agents).fill(''), (changes) => {
    const now = performance.now();
    delivery.events += 1;
    for (const text of textsOf(changes)) {
      const at = postedAt.get(text);
      if (at !== undefined) {
        delivery.latenciesMs.push(now - at);
      }
    }
  });
  const padding = 'x'.repeat(Math.max(0, size - 60));
  await atRate(warmUp + perSecond * seconds, perSecond, (n) => {
    const text = `bare ${n}`;
    if (n >= warmUp) {
      postedAt.set(text, performance.now());
    }
    child.send({ messages: [{ text, padding }] });
  });
  await sleep(1_000);
  for (const socket of sockets) {
    socket.disconnect();
  }
  return delivery;
};

const postgres = await startBenchPostgres();
const bareServer = fork(fileURLToPath(new URL('support/bare-socket.ts', import.meta.url)));
try {
  const [bareUrl] = await once(bareServer, 'message');
  const url = await postgres.makeDatabase('guarita_bench');
  const { workspaceId } = await makeWorkspace(url);
  await makeAgents(url, workspaceId, agents);
  const server = await startBenchServer(url);
  const cookies = await signInAll(server.url, agents);
  const ours = await watchingClients(() => measureOurs(server.url, cookies));
  const size = Math.round(ours.bytes / (ours.events / agents));
  const bare = await watchingClients(() => measureBare(bareServer, String(bareUrl), size));
  await server.stop();

  const expected = perSecond * seconds * agents;
  const p50 = percentile(ours.latenciesMs, 50);
  const p99 = percentile(ours.latenciesMs, 99);
  const bareP50 = percentile(bare.latenciesMs, 50);
  const bareP99 = percentile(bare.latenciesMs, 99);
  report(
    'live',
    {
      ratio: Math.max(p50 / bareP50, p99 / bareP99),
      p50Ms: p50,
      p99Ms: p99,
      bareP50Ms: bareP50,
      bareP99Ms: bareP99,
      p50Ratio: p50 / bareP50,
      p99Ratio: p99 / bareP99,
      clientsLateP99Ms: ours.clientsLateP99Ms,
      bareClientsLateP99Ms: bare.clientsLateP99Ms,
      eventBytes: size,
      deliveries: ours.latenciesMs.length,
      expectedDeliveries: expected,
    },
    [
      { text: 'p50 <= 3 x bare Socket.IO', isMet: p50 <= 3 * bareP50 },
      { text: 'p99 <= 3 x bare Socket.IO', isMet: p99 <= 3 * bareP99 },
      { text: 'every agent saw every message', isMet: ours.latenciesMs.length >= expected },
    ],
  );
} finally {
  bareServer.kill();
  await postgres.stop();
}
