import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atRate, connectAgents, makeAgents, signInAll, textsOf } from './support/agents.ts';
import { flag, percentile, report } from './support/figures.ts';
import { startBenchPostgres } from './support/postgres.ts';
import { findPostmaster, processorTimeOf } from './support/processor-time.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { signatureOf, webhookBody } from './support/webhooks.ts';
import { makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * Two web nodes on one database against one: the same messages a second, dealt out in turn, to as many screens, dealt
 * out in turn. Every screen must hear of every message once; what a message costs is the processor time of all
 * processes of ours and of PostgreSQL. One node and two take turns, so that neither is warmer than the other and what
 * else the machine does meets both; the first turn of each is not counted.
 */
const screens = flag('screens', 40);
const perSecond = flag('rate', 100);
const seconds = flag('seconds', 5);
const turns = flag('turns', 7);
const warmUp = perSecond;
const measured = perSecond * seconds;

interface Round {
  readonly cpuMsAMessage: number;
  readonly lost: number;
  readonly doubled: number;
}

const post = (url: string, text: string, n: number): Promise<Response> => {
  const body = webhookBody(senderOf(n % 100), `wamid.nodes${process.pid}.${text}`, text);
  return fetch(`${url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
    body: new Uint8Array(body),
  });
};

/** @param nodes in the roles web and worker; the messages and the screens go round them */
const measure = async (
  nodes: readonly BenchServer[],
  cookies: readonly string[],
  postmaster: number,
  turn: number,
): Promise<Round> => {
  const name = `${nodes.length} nodes, turn ${turn}, message`;
  const spent = () =>
    processorTimeOf(
      nodes.map(({ pid }) => pid),
      postmaster,
    );
  const heard = Array.from({ length: screens }, () => new Map<string, number>());
  const sockets = await Promise.all(
    nodes.map((node, index) =>
      connectAgents(node.url, cookies.slice(0, screens / nodes.length), (changes, screen) => {
        const own = heard[screen * nodes.length + index];
        for (const text of textsOf(changes)) {
          own?.set(text, (own.get(text) ?? 0) + 1);
        }
      }),
    ),
  );
  let before = 0;
  await atRate(warmUp + measured, perSecond, (n) => {
    if (n === warmUp) {
      void spent().then((ms) => {
        before = ms;
      });
    }
    const node = nodes[n % nodes.length];
    void post(node?.url ?? '', `${name} ${n}`, n);
  });
  await sleep(1_000);
  const cpuMsAMessage = ((await spent()) - before) / measured;
  for (const socket of sockets.flat()) {
    socket.disconnect();
  }
  let [lost, doubled] = [0, 0];
  for (const own of heard) {
    const texts = [...own].filter(([text]) => text.startsWith(name));
    lost += warmUp + measured - texts.length;
    doubled += texts.filter(([, times]) => times > 1).length;
  }
  return { cpuMsAMessage, lost, doubled };
};

const postgres = await startBenchPostgres();
const dataDir = await mkdtemp(join(tmpdir(), 'guarita-bench-files-'));
try {
  const url = await postgres.makeDatabase('guarita_bench');
  const { workspaceId } = await makeWorkspace(url);
  await makeAgents(url, workspaceId, screens);
  const env = { GUARITA_DATA_DIR: dataDir };
  const first = await startBenchServer(url, env);
  const cookies = await signInAll(first.url, screens);
  const second = await startBenchServer(url, { ...env, GUARITA_ROLES: 'web' });
  const postmaster = await findPostmaster(url);
  const [one, two]: [Round[], Round[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    one.push(await measure([first], cookies, postmaster, turn));
    two.push(await measure([first, second], cookies, postmaster, turn));
  }
  await second.stop();
  await first.stop();

  const costOf = (rounds: readonly Round[]): number =>
    percentile(
      rounds.slice(1).map(({ cpuMsAMessage }) => cpuMsAMessage),
      50,
    );
  const [oneNode, twoNodes] = [costOf(one), costOf(two)];
  const ratio = twoNodes / oneNode;
  const sumOf = (key: 'lost' | 'doubled'): number =>
    [...one, ...two].reduce((sum, round) => sum + round[key], 0);
  const [lost, doubled] = [sumOf('lost'), sumOf('doubled')];
  report(
    'nodes',
    {
      ratio,
      oneNodeCpuMs: oneNode,
      twoNodesCpuMs: twoNodes,
      messages: 2 * turns * (warmUp + measured),
      screens,
      lost,
      doubled,
    },
    [
      { text: 'no event lost', isMet: lost === 0 },
      { text: 'no event doubled', isMet: doubled === 0 },
      { text: 'cost of a message <= 1.2 x one node', isMet: ratio <= 1.2 },
    ],
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
  await postgres.stop();
}
