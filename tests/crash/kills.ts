import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, parentOf } from '#platform/server/embedded-postgres/testing/try-out.ts';
import { faultSchema } from '../../simulator/state/faults.ts';
import type { SentMessage } from '../../simulator/state/world.ts';
import type { Random } from '../support/random.ts';
import type { Ledger } from './ledger.ts';
import { loadWord } from './load.ts';
import type { Product } from './product.ts';

export type KillName =
  | 'worker between acceptance and record'
  | 'worker with files on their way'
  | 'web'
  | 'postmaster'
  | 'backend'
  | 'guard of the database'
  | 'everything';

/** What it leaves half handed over is taken up after forty seconds: early, so that nothing at the end waits for it. */
const amidFiles = 'worker with files on their way';

/** Of twenty rounds; fewer or more take as many of each in proportion. */
const mix: readonly (readonly [KillName, number])[] = [
  ['worker between acceptance and record', 6],
  [amidFiles, 2],
  ['web', 3],
  ['postmaster', 4],
  ['backend', 2],
  ['guard of the database', 1],
  ['everything', 2],
];

/** Which kills, in which order. */
export const planKills = (rounds: number, random: Random): KillName[] => {
  const list = mix.flatMap(([name, count]) => Array.from({ length: count }, () => name));
  const plan = Array.from(
    { length: rounds },
    (_, n) => list[Math.floor((n * list.length) / rounds) % list.length],
  );
  return plan
    .filter((name) => name !== undefined)
    .map((name) => ({ name, order: random.next() * (name === amidFiles ? 0.5 : 1) }))
    .sort((a, b) => a.order - b.order)
    .map(({ name }) => name);
};

export interface Killed {
  readonly at: number;
  /** Requests that WhatsApp had accepted and whose answer it still held. */
  readonly between: number;
  /** Files that were being fetched from WhatsApp or handed to it. */
  readonly files: number;
  /** Of processes of ours, which somebody has to start again. */
  readonly isOfProcesses: boolean;
  /** Resolves when the roles that were killed are ready again. */
  readonly restarted: Promise<void>;
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
};

const killRoles = (product: Product, ...names: ('web' | 'worker')[]): Killed => {
  const at = performance.now();
  const again = names.map(async (name) => {
    await product[name].kill();
    await product[name].start();
  });
  return {
    at,
    between: 0,
    files: 0,
    isOfProcesses: true,
    restarted: Promise.all(again).then(() => undefined),
  };
};

/** Accepted by WhatsApp, and the worker never heard of it. */
const unheard = (product: Product): SentMessage[] =>
  [...product.simulator.world.outbox.values()].filter(
    ({ answer }) => answer === 'held' || answer === 'hung-up',
  );

/** What WhatsApp tells of a message whose answer was lost: nothing ever, one status in a while, or all of them as usual. */
const tellings = ['never', 'after the claim ran out', 'usual', 'after the crash'] as const;
const tellAfterMs = { 'after the crash': 50, 'after the claim ran out': 25_000 } as const;

const tellStatus = async (product: Product, sent: SentMessage, delayMs: number): Promise<void> => {
  await fetch(`${product.simulator.url}/_sim/statuses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: sent.id, status: 'delivered', delayMs }),
  });
};

/** WhatsApp accepts some messages and keeps its answers to itself; then the worker dies. */
const killBetween = async (product: Product, ledger: Ledger, random: Random): Promise<Killed> => {
  const { world } = product.simulator;
  const telling = tellings[ledger.lostAnswers % tellings.length] ?? 'usual';
  ledger.lostAnswers += 1;
  const before = new Set(unheard(product));
  const fault = world.faults.add(
    faultSchema.parse({
      hold: 'after-acceptance',
      muteStatuses: telling !== 'usual',
      text: loadWord,
      times: random.between(1, 3),
    }),
  );
  for (const end = performance.now() + 6_000; performance.now() < end; await sleep(10)) {
    if (world.held.list().some((one) => one.accepted)) {
      break;
    }
  }
  await sleep(random.between(0, 400));
  const killed = killRoles(product, 'worker');
  world.faults.remove(fault.id);
  const between = unheard(product).filter((sent) => !before.has(sent));
  if (telling !== 'usual') {
    for (const sent of between) {
      ledger.muted.set(
        sent.biz_opaque_callback_data ?? '',
        telling === 'never' ? 'untold' : 'told',
      );
      if (telling !== 'never') {
        await tellStatus(product, sent, tellAfterMs[telling]);
      }
    }
  }
  return { ...killed, between: between.length };
};

const countFetching = async ({ ask, workspaceId }: Product): Promise<number> => {
  const [row] = await ask<{ n: number }>(
    `select count(*)::int as n from message_media where workspace_id = $1 and state = 'fetching'`,
    [workspaceId],
  );
  return row?.n ?? 0;
};

/** One picture trickles in, and WhatsApp keeps what it says to another that is handed to it; then the worker dies. */
const killAmidFiles = async (product: Product, random: Random): Promise<Killed> => {
  const { faults, held } = product.simulator.world;
  const hold = random.chance(0.5) ? 'before' : 'after-acceptance';
  const planned = [
    faultSchema.parse({ on: 'media_upload', hold }),
    faultSchema.parse({ on: 'media_download', times: 3, media: { bytesPerSecond: 300 } }),
  ].map((fault) => faults.add(fault));
  const handedOver = (): number => held.list().filter(({ accepted }) => !accepted).length;
  for (const end = performance.now() + 6_000; performance.now() < end; await sleep(20)) {
    if (planned.every(({ hits }) => hits > 0)) {
      break;
    }
  }
  await sleep(random.between(0, 300));
  const files = handedOver() + (await countFetching(product));
  const killed = killRoles(product, 'worker');
  for (const { id } of planned) {
    faults.remove(id);
  }
  return { ...killed, files };
};

const killBackend = async (product: Product, random: Random): Promise<Killed> => {
  const backends = await product.ask<{ pid: number }>(
    `select pid from pg_stat_activity where application_name like 'guarita%' and pid <> pg_backend_pid()`,
  );
  const at = performance.now();
  kill(random.pick(backends).pid);
  return { at, between: 0, files: 0, isOfProcesses: false, restarted: Promise.resolve() };
};

const killDatabase = (pid: number): Killed => {
  const at = performance.now();
  kill(pid);
  return { at, between: 0, files: 0, isOfProcesses: false, restarted: Promise.resolve() };
};

const killGuard = (product: Product, random: Random): Killed => {
  const server = product.postgres.postmasterPid() ?? Number.NaN;
  const guard = parentOf(server);
  const watcher = childrenOf(guard).find((pid) => pid !== server) ?? guard;
  return killDatabase(random.chance(0.5) ? guard : watcher);
};

const killEverything = (product: Product): Killed => {
  const killed = killRoles(product, 'web', 'worker');
  kill(product.postgres.postmasterPid() ?? Number.NaN);
  return killed;
};

export const strike = (
  name: KillName,
  product: Product,
  ledger: Ledger,
  random: Random,
): Killed | Promise<Killed> => {
  switch (name) {
    case 'worker between acceptance and record':
      return killBetween(product, ledger, random);
    case amidFiles:
      return killAmidFiles(product, random);
    case 'web':
      return killRoles(product, 'web');
    case 'postmaster':
      return killDatabase(product.postgres.postmasterPid() ?? Number.NaN);
    case 'backend':
      return killBackend(product, random);
    case 'guard of the database':
      return killGuard(product, random);
    case 'everything':
      return killEverything(product);
  }
};
