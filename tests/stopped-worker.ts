import { setTimeout as sleep } from 'node:timers/promises';
import { faultSchema } from '../simulator/state/faults.ts';
import { type Api, type ApiAnswer, apiOf } from './crash/api.ts';
import { type CommitLine, openCommitLine } from './crash/commit-line.ts';
import { type Customer, type Ledger, openLedger } from './crash/ledger.ts';
import { makeCustomers, send } from './crash/load.ts';
import { type Product, startProduct } from './crash/product.ts';
import { openVerdicts, type Verdicts } from './crash/verdicts.ts';

/**
 * A worker is stopped (SIGSTOP) right after its claims, as a paused virtual machine is: one request is not written yet,
 * one is written but not accepted, one is accepted but not answered. Then the contacts are blocked, and it goes on.
 */
interface Scene {
  readonly product: Product;
  readonly api: Api;
  readonly ledger: Ledger;
  readonly line: CommitLine;
  readonly verdicts: Verdicts;
}

interface Blocked {
  readonly tookMs: number;
  readonly stillOnWire: readonly unknown[];
}

const until = async (what: string, isSo: () => boolean | Promise<boolean>, withinMs = 10_000) => {
  for (const end = performance.now() + withinMs; !(await isSo()); await sleep(20)) {
    if (performance.now() > end) {
      throw new Error(`it did not happen: ${what}`);
    }
  }
};

const block = async ({ api }: Scene, customer: Customer): Promise<Blocked> => {
  const begin = performance.now();
  const answer: ApiAnswer = await api.call('PUT', `/contacts/${customer.contactId}/block`, {
    reason: 'offense',
    // WhatsApp's list would keep what follows from our gate, which is what is proved here.
    upstream: false,
  });
  const onWire = answer.json['stillOnWire'];
  return {
    tookMs: performance.now() - begin,
    stillOnWire: Array.isArray(onWire) ? onWire : ['no answer'],
  };
};

const accept = async (scene: Scene, customer: Customer, text: string): Promise<string> => {
  const messageId = await send(scene.api, scene.ledger, customer, text, false);
  if (messageId === undefined) {
    throw new Error('a send was refused');
  }
  return messageId;
};

const stateOf = async ({ product }: Scene, messageId: string): Promise<string> => {
  const [row] = await product.ask<{ state: string }>(
    `select m.status || coalesce(' ' || m.error_code, '') || case when exists (
              select 1 from dispatch_claim d where d.message_id = m.id and d.ended_at is null)
            then ', claimed' else '' end as state
       from message m where m.workspace_id = $1 and m.id = $2`,
    [product.workspaceId, messageId],
  );
  return row?.state ?? 'missing';
};

const timesSent = ({ product }: Scene, messageId: string): number =>
  [...product.simulator.world.outbox.values()].filter(
    (sent) => sent.biz_opaque_callback_data === messageId,
  ).length;

const isFull = ({ tookMs, stillOnWire }: Blocked, messageId: string): boolean =>
  tookMs > 9_000 && tookMs < 12_500 && stillOnWire.length === 1 && stillOnWire[0] === messageId;
const isAtOnce = ({ tookMs, stillOnWire }: Blocked): boolean =>
  tookMs < 3_000 && stillOnWire.length === 0;
const told = ({ tookMs, stillOnWire }: Blocked): string =>
  `${(tookMs / 1000).toFixed(1)} s, ${stillOnWire.length} still on the wire`;

/** A request that ends while the block waits: the block answers then, and names nothing. */
const blockDuringRequest = async (scene: Scene, customer: Customer): Promise<void> => {
  const { world } = scene.product.simulator;
  world.faults.add(faultSchema.parse({ delayMs: 1_500 }));
  const messageId = await accept(scene, customer, 'demora um pouco');
  await until('a claim', async () => (await stateOf(scene, messageId)) === 'sending, claimed');
  const blocked = await block(scene, customer);
  const isSo = blocked.tookMs < 8_000 && blocked.stillOnWire.length === 0;
  scene.verdicts.holds('a request that ends is waited for, and no longer', isSo, told(blocked));
  const hasLeft = timesSent(scene, messageId) === 1;
  scene.verdicts.holds('and had left before the block answered', hasLeft);
};

interface Three {
  /** Claimed; the worker does not know it yet. */
  readonly unwritten: string;
  /** Behind it in the same conversation. */
  readonly behind: string;
  /** Written; WhatsApp has not accepted it. */
  readonly unaccepted: string;
  /** Accepted; WhatsApp keeps its answer, and tells no status. */
  readonly unanswered: string;
}

const stopAfterClaims = async (
  scene: Scene,
  [first, second, third]: readonly [Customer, Customer, Customer],
): Promise<Three> => {
  const { product, line } = scene;
  const { world } = product.simulator;
  world.faults.add(faultSchema.parse({ hold: 'before', text: 'escrita' }));
  world.faults.add(
    faultSchema.parse({ hold: 'after-acceptance', text: 'aceita', muteStatuses: true }),
  );
  const unaccepted = await accept(scene, second, 'escrita');
  const unanswered = await accept(scene, third, 'aceita');
  await until('two held answers', () => world.held.list().length === 2);
  line.holdCommitAfter('insert into dispatch_claim');
  const unwritten = await accept(scene, first, 'nem escrita');
  const isClaimed = async () => (await stateOf(scene, unwritten)) === 'sending, claimed';
  await until('a commit that is not told', async () => line.isHolding() && (await isClaimed()));
  product.worker.signal('SIGSTOP');
  const behind = await accept(scene, first, 'atrás dela');
  return { unwritten, behind, unaccepted, unanswered };
};

const checkBlocks = async (
  scene: Scene,
  customers: readonly [Customer, Customer, Customer],
  three: Three,
): Promise<void> => {
  const [first, second, third] = await Promise.all([
    block(scene, customers[0]),
    block(scene, customers[1]),
    block(scene, customers[2]),
  ]);
  const { verdicts } = scene;
  const full = 'the block waits 10 s and names';
  verdicts.holds(`${full} what is not written`, isFull(first, three.unwritten), told(first));
  verdicts.holds(`${full} what is not accepted`, isFull(second, three.unaccepted), told(second));
  verdicts.holds(`${full} what is not answered`, isFull(third, three.unanswered), told(third));
};

const checkStatusSettles = async (
  scene: Scene,
  customer: Customer,
  messageId: string,
): Promise<void> => {
  const { product, verdicts } = scene;
  const sent = [...product.simulator.world.outbox.values()].find(
    (one) => one.biz_opaque_callback_data === messageId,
  );
  await fetch(`${product.simulator.url}/_sim/statuses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: sent?.id, status: 'delivered', wait: 'delivered' }),
  });
  const state = await stateOf(scene, messageId);
  verdicts.holds('its status settles what was accepted', state === 'delivered', state);
  const again = await block(scene, customer);
  verdicts.holds('a block whose claim has ended answers at once', isAtOnce(again), told(again));
};

/** The worker's time is over; another one sweeps. */
const checkSwept = async (scene: Scene, three: Three): Promise<void> => {
  const { verdicts } = scene;
  const swept = async () =>
    (await stateOf(scene, three.unwritten)) === 'unknown, claimed' &&
    (await stateOf(scene, three.unaccepted)) === 'unknown, claimed' &&
    (await stateOf(scene, three.behind)) === 'failed contact-blocked';
  const hasSwept = await until('the sweep', swept, 20_000).then(
    () => true,
    () => false,
  );
  const states = await Promise.all(Object.values(three).map((id) => stateOf(scene, id)));
  verdicts.holds(
    'after the deadline another worker calls them unknown',
    hasSwept,
    states.join('; '),
  );
};

const goOn = async (
  scene: Scene,
  customers: readonly [Customer, Customer, Customer],
  three: Three,
): Promise<void> => {
  const { product, line, verdicts } = scene;
  line.release();
  product.worker.signal('SIGCONT');
  const isSettled = async () =>
    (await stateOf(scene, three.unwritten)) === 'failed contact-blocked';
  await until('the worker goes on', isSettled).catch(() => undefined);
  await sleep(1_500);
  const unwritten = await stateOf(scene, three.unwritten);
  const left = Object.values(three).map((id) => timesSent(scene, id));
  verdicts.holds('nothing that was not written leaves', left.join() === '0,0,0,1', left.join());
  verdicts.holds(
    'what was not written is refused',
    unwritten === 'failed contact-blocked',
    unwritten,
  );
  const unaccepted = await stateOf(scene, three.unaccepted);
  verdicts.holds('what may have left stays unknown', unaccepted === 'unknown, claimed', unaccepted);
  const unanswered = await stateOf(scene, three.unanswered);
  verdicts.holds('what WhatsApp told stands', unanswered === 'delivered', unanswered);
  const again = await block(scene, customers[0]);
  verdicts.holds('the block of what never left answers at once', isAtOnce(again), told(again));
};

const run = async (scene: Scene): Promise<void> => {
  const [early, first, second, third] = await makeCustomers(scene.product, scene.ledger, 4);
  if (early === undefined || first === undefined || second === undefined || third === undefined) {
    throw new Error('somebody did not write');
  }
  await blockDuringRequest(scene, early);
  const customers = [first, second, third] as const;
  const three = await stopAfterClaims(scene, customers);
  await scene.product.spareWorker.start();
  await checkBlocks(scene, customers, three);
  await checkStatusSettles(scene, third, three.unanswered);
  await checkSwept(scene, three);
  await goOn(scene, customers, three);
  const { product, verdicts } = scene;
  verdicts.none('no process ended by itself', [...product.web.deaths, ...product.worker.deaths]);
};

const verdicts = openVerdicts();
let line: CommitLine | undefined;
const product = await startProduct({
  workerDatabaseUrl: async (databaseUrl) => {
    line = await openCommitLine(databaseUrl);
    return line.url;
  },
});
try {
  if (line === undefined) {
    throw new Error('no line to the database');
  }
  const { key } = await product.signIn();
  await run({ product, api: apiOf(product.url, key), ledger: openLedger(), line, verdicts });
} catch (error) {
  verdicts.holds(error instanceof Error ? error.message : 'the test broke', false);
} finally {
  line?.release();
  product.worker.signal('SIGCONT');
  await product.stop();
  await line?.close();
}
process.exit(verdicts.close() ? 0 : 1);
