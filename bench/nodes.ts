import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atRate, connectAgents, makeAgent, signIn, textsOf } from './support/agents.ts';
import { flag, report } from './support/figures.ts';
import { startBenchPostgres } from './support/postgres.ts';
import { type BenchServer, startBenchServer } from './support/server.ts';
import { signatureOf, webhookBody } from './support/webhooks.ts';
import { makeWorkspace, senderOf } from './support/workspace.ts';

/**
 * Two web nodes on one database against one: the same messages a second, dealt out in turn, to as many screens, dealt
 * out in turn. Every screen must hear of every message once; what a message costs is the processor time of all
 * processes of ours and of PostgreSQL.
 */
const screens = flag('screens', 40);
const perSecond = flag('rate', 100);
const seconds = flag('seconds', 10);
const warmUp = perSecond * 3;
const measured = perSecond * seconds;

const ticksPerSecond = 100;

/** Of a process and all that it started, in seconds. */
const cpuOf = async (name: RegExp): Promise<number> => {
  let ticks = 0;
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (name.test(command.replaceAll('\0', ' '))) {
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    }
  }
  return ticks / ticksPerSecond;
};

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
const measure = async (nodes: readonly BenchServer[], cookie: string): Promise<Round> => {
  const heard = Array.from({ length: screens }, () => new Map<string, number>());
  const sockets = await Promise.all(
    nodes.map((node, index) =>
      connectAgents(node.url, cookie, screens / nodes.length, (changes, screen) => {
        const own = heard[screen * nodes.length + index];
        for (const text of textsOf(changes)) {
          own?.set(text, (own.get(text) ?? 0) + 1);
        }
      }),
    ),
  );
  const busy = /dist\/server\/main\.js|^postgres/;
  let before = 0;
  await atRate(warmUp + measured, perSecond, (n) => {
    if (n === warmUp) {
      void cpuOf(busy).then((cpu) => {
        before = cpu;
      });
    }
    const node = nodes[n % nodes.length];
    void post(node?.url ?? '', `${nodes.length} nodes, message ${n}`, n);
  });
  await sleep(1_000);
  const cpuMsAMessage = (((await cpuOf(busy)) - before) * 1_000) / measured;
  for (const socket of sockets.flat()) {
    socket.disconnect();
  }
  let [lost, doubled] = [0, 0];
  for (const own of heard) {
    const texts = [...own].filter(([text]) => text.startsWith(`${nodes.length} nodes`));
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
  await makeAgent(url, workspaceId);
  const env = { GUARITA_DATA_DIR: dataDir };
  const first = await startBenchServer(url, env);
  const cookie = await signIn(first.url);
  const alone = await measure([first], cookie);
  const second = await startBenchServer(url, { ...env, GUARITA_ROLES: 'web' });
  const both = await measure([first, second], cookie);
  await second.stop();
  const aloneAgain = await measure([first], cookie);
  await first.stop();

  const oneNode = (alone.cpuMsAMessage + aloneAgain.cpuMsAMessage) / 2;
  const ratio = both.cpuMsAMessage / oneNode;
  report(
    'nodes',
    {
      ratio,
      oneNodeCpuMs: oneNode,
      twoNodesCpuMs: both.cpuMsAMessage,
      messages: warmUp + measured,
      screens,
      lost: both.lost,
      doubled: both.doubled,
    },
    [
      { text: 'no event lost', isMet: both.lost === 0 },
      { text: 'no event doubled', isMet: both.doubled === 0 },
      { text: 'cost of a message <= 1.2 x one node', isMet: ratio <= 1.2 },
    ],
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
  await postgres.stop();
}
