import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { apiOf } from './crash/api.ts';
import { checkEvidence } from './crash/checks.ts';
import { countGateViolations, countUnsettled, findLeftovers, gather } from './crash/evidence.ts';
import { type KillName, planKills, strike } from './crash/kills.ts';
import { openLedger } from './crash/ledger.ts';
import { makeCustomers, startLoad } from './crash/load.ts';
import { type Back, openScreen, type Probes, untilBack } from './crash/probe.ts';
import { type Product, startProduct } from './crash/product.ts';
import { type Backups, checkRestore, startBackups } from './crash/restore.ts';
import { openVerdicts, type Verdicts } from './crash/verdicts.ts';
import { createRandom, type Random } from './support/random.ts';

/** What is promised of a killed database, the processes that use it included. */
const backWithinMs = 15_000;
/** After the processes that were killed are ready again: by then WhatsApp repeats what waited meanwhile. */
const caughtUpWithinMs = 30_000;
/** A claim's deadline, the sweep after it, and what waits in back-off. */
const settleWithinMs = 75_000;
const blockable = 5;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, rounds: { type: 'string', default: '20' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
const rounds = Number(values.rounds);

const seconds = (ms: number): string =>
  Number.isFinite(ms) ? `${(ms / 1000).toFixed(1)} s` : 'never';

const timesOf = (back: Back): string =>
  `database ${seconds(back.database)}, webhook ${seconds(back.webhook)}, send ${seconds(back.send)}, live ${seconds(back.live)}`;

interface Round {
  readonly back: Back;
  /** Until the processes that were killed were ready again. */
  readonly processes: number;
  readonly between: number;
  readonly files: number;
}

const playRound = async (probes: Probes, name: KillName, random: Random): Promise<Round> => {
  const { product, ledger } = probes;
  await sleep(random.between(200, 1_500));
  const killed = await strike(name, product, ledger, random);
  const withinMs = killed.isOfProcesses ? caughtUpWithinMs : backWithinMs;
  let processes = Number.POSITIVE_INFINITY;
  const restarted = killed.restarted.then(() => {
    processes = performance.now() - killed.at;
  });
  const isOver = () => performance.now() > killed.at + processes + withinMs;
  const [back] = await Promise.all([untilBack(probes, killed.at, isOver), restarted]);
  const { between, files } = killed;
  return { back, processes, between, files };
};

const playRounds = async (verdicts: Verdicts, probes: Probes, random: Random): Promise<Backups> => {
  const plan = planKills(rounds, random);
  let backups: Backups | undefined;
  let roundsBetween = 0;
  let filesAmid = 0;
  for (const [index, name] of plan.entries()) {
    // From here on a backup is tried all the time: what is killed meanwhile cuts most of them off.
    backups ??= index >= plan.length / 2 ? startBackups(probes.product) : undefined;
    const { back, processes, between, files } = await playRound(probes, name, random);
    roundsBetween += between > 0 ? 1 : 0;
    filesAmid += files;
    const what = between + files > 0 ? `${name} (${between + files})` : name;
    const isBack = Object.values(back).every((ms) => Number.isFinite(ms));
    verdicts.holds(
      `round ${index + 1}/${plan.length}, ${what}: all works again`,
      isBack,
      `processes ${seconds(processes)}, ${timesOf(back)}`,
    );
  }
  const wanted = Math.ceil(rounds / 4);
  verdicts.holds(
    `at least ${wanted} kills fell between acceptance and record`,
    roundsBetween >= wanted,
    String(roundsBetween),
  );
  const wantedFiles = Math.floor(rounds / 10);
  verdicts.holds(
    `at least ${wantedFiles} files were on their way when the worker was killed`,
    filesAmid >= wantedFiles,
    String(filesAmid),
  );
  return backups ?? startBackups(probes.product);
};

/** Until every webhook has been taken and every message has its end. */
const settle = async (product: Product): Promise<void> => {
  const giveUpAt = performance.now() + settleWithinMs;
  while (performance.now() < giveUpAt) {
    const waiting = product.simulator.world.webhooks.waiting + product.simulator.world.planned();
    if (waiting === 0 && (await countUnsettled(product)) === 0) {
      return;
    }
    await sleep(250);
  }
};

const checkQuiet = async (verdicts: Verdicts, probes: Probes): Promise<void> => {
  const { product, api } = probes;
  const since = performance.now();
  const back = await untilBack(probes, since, () => performance.now() > since + backWithinMs);
  verdicts.holds(
    'everything goes on after the last round',
    Object.values(back).every((ms) => Number.isFinite(ms)),
    timesOf(back),
  );
  await settle(product);
  verdicts.none('no process ended by itself', [...product.web.deaths, ...product.worker.deaths]);
  verdicts.none('no answer but the declared ones', api.strange);
};

const run = async (verdicts: Verdicts, product: Product): Promise<void> => {
  const random = createRandom(seed);
  const { cookie, key } = await product.signIn();
  const api = apiOf(product.url, key);
  const ledger = openLedger();
  const everybody = await makeCustomers(product, ledger, 60);
  const [probed, ...customers] = everybody;
  if (probed === undefined) {
    throw new Error('nobody wrote');
  }
  const screen = openScreen(product.url, cookie);
  const probes = { product, api, ledger, screen, customer: probed };
  const load = startLoad({ product, api, ledger, random: random.fork(), customers, blockable });
  const backups = await playRounds(verdicts, probes, random);
  const taken = await backups.whole;
  await load.stop();
  product.simulator.world.faults.clear();
  await Promise.all([checkRestore(verdicts, product, ledger, taken), settle(product)]);
  await checkQuiet(verdicts, probes);
  screen.close();
  const evidence = await gather(product, ledger, everybody);
  checkEvidence(verdicts, evidence);
  verdicts.holds('no row stands against the gate', (await countGateViolations(product)) === 0);
  verdicts.none('no claim and no job is left behind', await findLeftovers(product));
  const dropped = ledger.written.filter((one) => evidence.wasDropped(one.externalId)).length;
  console.log(
    `${ledger.written.length} webhooks (${dropped} dropped), ${ledger.accepted.length} sends accepted, ` +
      `${ledger.refused} refused, ${ledger.blocks.length} blocks, ${ledger.muted.size} without a status`,
  );
};

console.log(`seed ${seed}, ${rounds} rounds`);
const verdicts = openVerdicts();
const product = await startProduct();
try {
  await run(verdicts, product);
} catch (error) {
  verdicts.holds(error instanceof Error ? error.message : 'the test broke', false);
} finally {
  await product.stop();
}
process.exit(verdicts.close() ? 0 : 1);
