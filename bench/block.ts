import { once } from 'node:events';
import { createServer } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../tests/support/free-port.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres } from './support/postgres.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { signatureOf, webhookBody } from './support/webhooks.ts';
import { makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * With nothing on the wire: from the click on *Bloquear* to the refusal of a send, of a forward, and of the dispatch of
 * a message that waits, on both of two processes.
 */
const rounds = flag('rounds', 60);

interface BusyGraph {
  readonly url: string;
  /** How many messages to this person it was asked to send. */
  asked(recipient: string): number;
  close(): void;
}

/** A Graph that always asks to come again: what is queued stays in back-off. */
const startBusyGraph = async (): Promise<BusyGraph> => {
  const port = await freePort();
  const asked = new Map<string, number>();
  const graph = createServer(async (request, response) => {
    const { to } = JSON.parse((await readText(request)) || '{}') as { to?: string };
    if (to !== undefined) {
      asked.set(to, (asked.get(to) ?? 0) + 1);
    }
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ error: { message: 'busy', type: 'OAuthException', code: 131016 } }),
    );
  });
  graph.listen(port, '127.0.0.1');
  await once(graph, 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    asked: (recipient) => asked.get(recipient) ?? 0,
    close: () => graph.close(),
  };
};

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { items?: Record<string, string>[] };
}

const apiOf =
  (apiKey: string) =>
  async (server: BenchServer, method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };

type Api = ReturnType<typeof apiOf>;

const write = async (server: BenchServer, sender: string): Promise<void> => {
  const body = webhookBody(sender, `wamid.block.${sender}`, 'Oi');
  await fetch(`${server.url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
    body: new Uint8Array(body),
  });
};

const untilState = async (
  api: Api,
  server: BenchServer,
  messageId: unknown,
  isDone: (message: Answer['body']) => boolean,
): Promise<void> => {
  for (const giveUpAt = performance.now() + 30_000; performance.now() < giveUpAt; ) {
    const { body } = await api(server, 'GET', `/messages/${messageId}`);
    if (isDone(body)) {
      return;
    }
    await sleep(2);
  }
  throw new Error('a message never came to the state that was waited for');
};

const isBlockedFailure = ({ status, error }: Answer['body']): boolean =>
  status === 'failed' && (error as { code?: string } | undefined)?.code === 'contact-blocked';

/** What may still leave of one person, as told when the block was answered. */
interface Blocked {
  readonly sender: string;
  readonly askedBefore: number;
}

const isRefused = ({ status, body }: Answer): boolean =>
  status === 409 || JSON.stringify(body).includes('"refused"');

interface Times {
  readonly send: number;
  readonly forward: number;
  readonly dispatch: number;
  readonly blocked: Blocked;
}

const runRound = async (
  api: Api,
  [first, second]: readonly [BenchServer, BenchServer],
  graph: BusyGraph,
  round: number,
): Promise<Times> => {
  const sender = senderOf(round);
  await write(first, sender);
  const found = await api(first, 'GET', `/conversations?search=${sender}`);
  const conversation = found.body.items?.[0];
  const id = conversation?.['id'];
  const text = { type: 'text', text: 'Olá' };
  const waiting = await api(first, 'POST', `/conversations/${id}/messages`, text);
  // Nothing on the wire: the first try has been answered, and the message waits for its next one.
  const isBack = ({ status }: Answer['body']) => status === 'queued' && graph.asked(sender) > 0;
  await untilState(api, first, waiting.body['id'], isBack);
  const thread = await api(first, 'GET', `/conversations/${id}/messages`);
  const source = thread.body.items?.find((message) => message['direction'] === 'in')?.['id'];

  const click = performance.now();
  const since = () => performance.now() - click;
  const until = async (server: BenchServer, path: string, body: unknown): Promise<number> => {
    while (!isRefused(await api(server, 'POST', path, body))) {
      await sleep(1);
    }
    return since();
  };
  const { contactId } = conversation ?? {};
  const block = await api(first, 'PUT', `/contacts/${contactId}/block`, { reason: 'spam' });
  // What left until now left before the block held: its answer waits for what is on the wire.
  const askedBefore = graph.asked(sender);
  if (block.status !== 200) {
    throw new Error(`the block was answered ${block.status}`);
  }
  const [dispatch, ...others] = await Promise.all([
    untilState(
      api,
      second,
      waiting.body['id'],
      // One that leaves is never refused; that it left is told at the end.
      (message) => isBlockedFailure(message) || graph.asked(sender) > askedBefore,
    ).then(since),
    until(first, `/conversations/${id}/messages`, text),
    until(second, `/conversations/${id}/messages`, text),
    until(first, `/messages/${source}/forward`, { conversationIds: [id] }),
    until(second, `/messages/${source}/forward`, { conversationIds: [id] }),
  ]);
  const [sendA = 0, sendB = 0, forwardA = 0, forwardB = 0] = others;
  return {
    send: Math.max(sendA, sendB),
    forward: Math.max(forwardA, forwardB),
    dispatch,
    blocked: { sender, askedBefore },
  };
};

const postgres = await startBenchPostgres();
const graph = await startBusyGraph();
try {
  const url = await postgres.makeDatabase('guarita_bench');
  const { apiKey } = await makeWorkspace(url);
  const env = { GRAPH_API_URL: graph.url };
  const servers = [await startBenchServer(url, env), await startBenchServer(url, env)] as const;
  const api = apiOf(apiKey);
  const times: Times[] = [];
  const blocked: Blocked[] = [];
  for (let round = 0; round < rounds + 5; round += 1) {
    const time = await runRound(api, servers, graph, round);
    blocked.push(time.blocked);
    if (round >= 5) {
      times.push(time);
    }
  }
  await Promise.all(servers.map((server) => server.stop()));
  const p = (name: 'send' | 'forward' | 'dispatch', rank: number) =>
    percentile(
      times.map((time) => time[name]),
      rank,
    );
  const p99 = Math.max(p('send', 99), p('forward', 99), p('dispatch', 99));
  const leaked = blocked.filter(({ sender, askedBefore }) => graph.asked(sender) > askedBefore);
  report(
    'block',
    {
      ratio: p99 / 100,
      sendP50Ms: p('send', 50),
      sendP99Ms: p('send', 99),
      forwardP50Ms: p('forward', 50),
      forwardP99Ms: p('forward', 99),
      dispatchP50Ms: p('dispatch', 50),
      dispatchP99Ms: p('dispatch', 99),
      rounds,
      left: leaked.length,
    },
    [
      { text: 'click to refusal of send, forward, dispatch: p99 <= 100 ms', isMet: p99 <= 100 },
      { text: 'nothing left after a block was answered', isMet: leaked.length === 0 },
    ],
  );
} finally {
  graph.close();
  await postgres.stop();
}
