import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, apiOf } from './crash/api.ts';
import { checkEvidence } from './crash/checks.ts';
import { countGateViolations, countUnsettled, gather } from './crash/evidence.ts';
import { type Customer, type Ledger, openLedger } from './crash/ledger.ts';
import { makeCustomers, send, startLoad, write } from './crash/load.ts';
import type { RoleProcess } from './crash/role-process.ts';
import { openVerdicts, type Verdicts } from './crash/verdicts.ts';
import { type Cluster, startCluster } from './nodes/cluster.ts';
import { checkMedia } from './nodes/media.ts';
import { startSchedulers } from './nodes/scheduler.ts';
import { type NodeScreen, openNodeScreen } from './nodes/screens.ts';
import { until } from './nodes/until.ts';
import { createRandom } from './support/random.ts';

/**
 * Two web and two worker processes on one PostgreSQL behind a plain balancer: they are one product. One of each is killed
 * under its clients, who go on at the other; one is stopped in good order, and nobody notices.
 */

const backWithinMs = 8_000;
/** What a dead worker held: its claim's deadline, the sweep, and the jobs of the dead. */
const settleWithinMs = 60_000;
const seed = Math.floor(Math.random() * 1_000_000_000);

interface Scene {
  readonly cluster: Cluster;
  readonly api: Api;
  readonly ledger: Ledger;
  readonly cookie: string;
  readonly screens: readonly NodeScreen[];
  readonly customers: readonly Customer[];
  readonly verdicts: Verdicts;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const checkSignIn = async ({ cluster, cookie, verdicts }: Scene): Promise<void> => {
  const answers = await Promise.all(
    cluster.webUrls.map((url) => fetch(`${url}/api/v1/me`, { headers: { cookie } })),
  );
  const statuses = answers.map(({ status }) => status);
  verdicts.holds(
    'a session made at one node is known at both',
    statuses.join() === '200,200',
    statuses.join(),
  );
  const given = cluster.balancer.given;
  verdicts.holds(
    'both nodes are given work',
    given.every((n) => n > 0),
    `${given.join(' and ')} connections`,
  );
};

/** Everybody sees what comes in and what goes out, whichever node it passes, and nobody sees it twice. */
const checkLive = async (scene: Scene): Promise<void> => {
  const { cluster, api, ledger, screens, customers, verdicts } = scene;
  const sent: string[] = [];
  const records = customers.map(({ phone }, n) => write(cluster, ledger, phone, `ao vivo ${n}`));
  for (const [n, customer] of customers.entries()) {
    const id = await send(api, ledger, customer, `resposta ${n}`, false);
    sent.push(id ?? 'refused');
  }
  await until(() => records.every(({ track }) => track.state === 'delivered'), 10_000);
  const rows = await cluster.ask<{ id: string }>(
    'select id from message where external_id = any($1)',
    [records.map(({ id }) => id)],
  );
  const inbound = rows.map(({ id }) => id);
  await until(
    () => screens.every((screen) => [...inbound, ...sent].every((id) => screen.timesHeard(id) > 0)),
    5_000,
  );
  const count = (ids: readonly string[], isSo: (times: number) => boolean): number =>
    screens.reduce(
      (sum, screen) => sum + ids.filter((id) => isSo(screen.timesHeard(id))).length,
      0,
    );
  const all = [...inbound, ...sent];
  const lost = count(all, (times) => times === 0);
  verdicts.holds(
    'every screen hears of everything',
    lost === 0,
    `${all.length} messages, ${screens.length} screens, ${lost} lost`,
  );
  // What is sent changes afterwards (sent, delivered, read), and is told each time.
  const doubled = count(inbound, (times) => times > 1);
  verdicts.holds('and of what comes in once', doubled === 0, `${doubled} doubled`);
};

/** After a node was taken away: a request is answered, and a screen that hung on it hears again. */
const checkGoesOn = async (scene: Scene, what: string, begin: number): Promise<void> => {
  const { cluster, api, ledger, screens, customers, verdicts } = scene;
  const [customer] = customers;
  if (customer === undefined) {
    throw new Error('nobody wrote');
  }
  const id = await send(api, ledger, customer, `depois: ${what}`, false);
  const answered = performance.now() - begin;
  let heard = Number.POSITIVE_INFINITY;
  for (
    let n = 0;
    performance.now() - begin < backWithinMs && heard === Number.POSITIVE_INFINITY;
    n += 1
  ) {
    const record = write(cluster, ledger, customer.phone, `depois ${n}: ${what}`);
    await until(() => record.track.state === 'delivered', 5_000);
    const [row] = await cluster.ask<{ id: string }>(
      'select id from message where external_id = $1',
      [record.id],
    );
    const isHeard = () => screens.every((screen) => screen.timesHeard(row?.id ?? '') > 0);
    await until(isHeard, 1_000);
    heard = isHeard() ? performance.now() - begin : heard;
  }
  verdicts.holds(
    `${what}: requests are answered`,
    id !== undefined && answered < backWithinMs,
    seconds(answered),
  );
  verdicts.holds(`${what}: every screen is live again`, heard < backWithinMs, seconds(heard));
};

const checkSends = async (
  { cluster, api, ledger, customers, verdicts }: Scene,
  what: string,
): Promise<void> => {
  const customer = customers[1];
  const id = customer && (await send(api, ledger, customer, `sai: ${what}`, false));
  const took = await until(
    () =>
      [...cluster.simulator.world.outbox.values()].some(
        (one) => one.biz_opaque_callback_data === id,
      ),
    backWithinMs,
  );
  verdicts.holds(`${what}: messages leave`, Number.isFinite(took), seconds(took));
};

const stopInOrder = async (scene: Scene, node: RoleProcess): Promise<void> => {
  const { api, verdicts } = scene;
  const strangeBefore = api.strange.length;
  const begin = performance.now();
  const stopping = node.stop().then(() => performance.now() - begin);
  await checkGoesOn(scene, 'a node stopped', begin);
  const took = await stopping;
  verdicts.holds('it has ended in good order', took < 8_500, seconds(took));
  verdicts.none('and no request met an error', api.strange.slice(strangeBefore));
};

const countUnknown = async ({ cluster }: Scene): Promise<number> => {
  const [row] = await cluster.ask<{ n: number }>(
    `select count(*)::int as n from message where status = 'unknown'`,
  );
  return row?.n ?? Number.NaN;
};

/** A request under way ends, and is recorded, before the worker does: no outcome becomes unknown by an update. */
const stopWorkerInOrder = async (scene: Scene, worker: RoleProcess): Promise<void> => {
  const { verdicts } = scene;
  const before = await countUnknown(scene);
  const begin = performance.now();
  await worker.stop();
  const took = performance.now() - begin;
  verdicts.holds('a worker told to stop ends in good order', took < 8_500, seconds(took));
  await checkSends(scene, 'a worker stopped');
  const after = await countUnknown(scene);
  verdicts.holds('and no end of a message is unknown by it', after === before, `${after}`);
};

const underLoad = async (scene: Scene): Promise<void> => {
  const { cluster, customers, verdicts } = scene;
  const load = startLoad({
    ...scene,
    product: cluster,
    random: createRandom(seed),
    customers: customers.slice(2),
    blockable: 2,
  });
  const [firstWeb, secondWeb] = cluster.webs;
  await sleep(2_000);
  let begin = performance.now();
  await firstWeb.kill();
  await checkGoesOn(scene, 'a web node killed', begin);
  await firstWeb.start();
  begin = performance.now();
  await cluster.workers[0].kill();
  await checkSends(scene, 'a worker killed');
  await stopInOrder(scene, secondWeb);
  await cluster.workers[0].start();
  await stopWorkerInOrder(scene, cluster.workers[1]);
  await load.stop();
  cluster.simulator.world.faults.clear();
  const { webhooks } = cluster.simulator.world;
  const isSettled = async () =>
    webhooks.waiting + cluster.simulator.world.planned() === 0 &&
    (await countUnsettled(cluster)) === 0;
  const took = await until(isSettled, settleWithinMs);
  verdicts.holds('what the dead ones held comes to its end', Number.isFinite(took), seconds(took));
};

const run = async (cluster: Cluster, verdicts: Verdicts): Promise<void> => {
  const schedulers = await startSchedulers(cluster.databaseUrl);
  const { cookie, key } = await cluster.signIn();
  const ledger = openLedger();
  const customers = await makeCustomers(cluster, ledger, 12);
  const screens = await Promise.all([1, 2, 3, 4].map(() => openNodeScreen(cluster.url, cookie)));
  const scene = {
    cluster,
    api: apiOf(cluster.url, key),
    ledger,
    cookie,
    screens,
    customers,
    verdicts,
  };
  await checkSignIn(scene);
  await checkLive(scene);
  await checkMedia({ ...scene, key });
  await underLoad(scene);
  for (const screen of screens) {
    screen.close();
  }
  checkEvidence(verdicts, await gather(cluster, ledger, customers));
  verdicts.holds('no row stands against the gate', (await countGateViolations(cluster)) === 0);
  verdicts.none(
    'no node ended by itself',
    [...cluster.webs, ...cluster.workers].flatMap(({ deaths }) => deaths),
  );
  const { due, done } = await schedulers.outcome();
  verdicts.holds(
    'what is due each minute is done once by two workers',
    due > 0 && done === due,
    `${done} of ${due}`,
  );
};

console.log(`seed ${seed}`);
const verdicts = openVerdicts();
const begun = performance.now();
const cluster = await startCluster();
try {
  await run(cluster, verdicts);
} catch (error) {
  verdicts.holds(error instanceof Error ? error.message : 'the test broke', false);
} finally {
  await cluster.stop();
}
console.log(seconds(performance.now() - begun));
process.exit(verdicts.close() ? 0 : 1);
