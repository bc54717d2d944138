import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openFiles } from '#platform/server/files/index.ts';
import { ask, guarita, mainProgram } from '../backup/installation.ts';
import { countGateViolations, countUnsettled, findDropped, gatherPictures } from './evidence.ts';
import type { Ledger } from './ledger.ts';
import { openDeps, type Product, untilAsked } from './product.ts';
import { roleProcess } from './role-process.ts';
import type { Verdicts } from './verdicts.ts';

/** A backup that is whole, and when it was begun. */
export interface Taken {
  readonly folder: string;
  readonly begunAt: number;
  /** Those before it, which something that was killed cut off. */
  readonly cut: readonly string[];
}

export interface Backups {
  readonly whole: Promise<Taken>;
}

const mostTries = 40;
const settleWithinMs = 30_000;
/** Two seconds are promised; after a database that was killed again and again the tries have come to be rarer. */
const journaledWithinMs = 32_000;

const dataDirOf = ({ env }: Product): string => env['GUARITA_DATA_DIR'] ?? '';

const tryUntilWhole = async (product: Product): Promise<Taken> => {
  const cut: string[] = [];
  for (let n = 1; n <= mostTries; n += 1) {
    const folder = `${dataDirOf(product)}-backup-${n}`;
    const begunAt = Date.now();
    const { code } = await guarita(['backup', folder], { env: product.env });
    if (code === 0) {
      return { folder, begunAt, cut };
    }
    cut.push(folder);
  }
  throw new Error(`of ${mostTries} backups none was whole`);
};

/** Backs up again and again, whatever is killed meanwhile, until one backup is whole. */
export const startBackups = (product: Product): Backups => {
  const whole = tryUntilWhole(product);
  // Whoever waits for it hears of it; until then it is nobody's.
  whole.catch(() => undefined);
  return { whole };
};

const anEmptyDatabase = async (product: Product, name: string): Promise<string> => {
  const { connectionString } = product.postgres;
  await ask(connectionString, `drop database if exists ${name} with (force)`);
  await ask(connectionString, `create database ${name}`);
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
};

/** Of what has been answered by now. @returns in how many milliseconds; undefined when it waited on */
const untilJournaled = async (product: Product): Promise<number | undefined> => {
  const { ask: askIt, workspaceId } = product;
  const since = performance.now();
  const [{ at } = { at: new Date() }] = await askIt<{ at: Date }>('select clock_timestamp() as at');
  for (const end = since + journaledWithinMs; performance.now() < end; await sleep(100)) {
    const waiting = await askIt(
      'select 1 from journal_contact_due where workspace_id = $1 and noted_at <= $2 limit 1',
      [workspaceId, at],
    );
    if (waiting.length === 0) {
      return performance.now() - since;
    }
  }
  return undefined;
};

/** Killed in the middle, then into an emptied place; the journal is put beside it as it is by then. */
const restore = async (verdicts: Verdicts, product: Product, taken: Taken) => {
  const dataDir = `${dataDirOf(product)}-restored`;
  const envOf = (databaseUrl: string) => ({
    ...product.env,
    DATABASE_URL: databaseUrl,
    GUARITA_DATA_DIR: dataDir,
  });
  await mkdir(dataDir);
  const half = envOf(await anEmptyDatabase(product, 'restored'));
  const killed = await guarita(['restore', taken.folder], {
    env: half,
    killWhen: (output) => output.includes('message_media:'),
  });
  const over = await guarita(['restore', taken.folder], { env: half });
  await rm(join(dataDir, 'media'), { recursive: true, force: true });
  const databaseUrl = await anEmptyDatabase(product, 'restored');
  const env = envOf(databaseUrl);
  const whole = await guarita(['restore', taken.folder], { env });
  verdicts.holds(
    'killed in the middle of its restore it is restored over nothing, and whole into an emptied place',
    killed.code === null && over.code === 1 && whole.code === 0,
    `${killed.code}, ${over.code}, ${whole.code === 0 ? `${whole.seconds.toFixed(1)} s` : whole.output}`,
  );
  const journaledMs = await untilJournaled(product);
  verdicts.holds(
    'what was answered is in the journal',
    journaledMs !== undefined,
    `after ${((journaledMs ?? journaledWithinMs) / 1000).toFixed(1)} s`,
  );
  await cp(join(dataDirOf(product), 'journal.log'), join(dataDir, 'journal.log'));
  return { env, dataDir, databaseUrl };
};

const untilSettled = async (product: Product): Promise<boolean> => {
  for (const end = performance.now() + settleWithinMs; performance.now() < end; await sleep(100)) {
    if ((await countUnsettled(product)) === 0) {
      return true;
    }
  }
  return false;
};

const checkContent = async (
  verdicts: Verdicts,
  restored: Product,
  ledger: Ledger,
  { begunAt }: Taken,
): Promise<void> => {
  const rows = await restored.ask<{ id: string }>(
    `select external_id as id from message where workspace_id = $1 and direction = 'in'`,
    [restored.workspaceId],
  );
  const stored = new Set(rows.map(({ id }) => id));
  const wasDropped = await findDropped(restored);
  const before = ledger.written.filter(
    ({ deliveredAt }) => deliveredAt !== null && deliveredAt < begunAt,
  );
  verdicts.none(
    'what was answered before the backup is in what was restored, or was dropped',
    before
      .filter(({ externalId }) => !stored.has(externalId) && !wasDropped(externalId))
      .map(({ writtenAt }) => String(writtenAt)),
  );
  const pictures = await gatherPictures(restored, ledger);
  const broken = pictures.filter(({ state, isWhole }) => state === 'ready' && !isWhole);
  verdicts.none(
    'its pictures are whole',
    broken.map(({ direction }) => direction),
  );
  verdicts.holds('and there are some', pictures.length > broken.length, String(pictures.length));
};

/**
 * The backup that was taken through the kills is restored and goes to work, beside the installation that goes on: what
 * waited to leave in it does not leave a second time, and who was let in again since is.
 */
export const checkRestore = async (
  verdicts: Verdicts,
  product: Product,
  ledger: Ledger,
  taken: Taken,
): Promise<void> => {
  const { env, dataDir, databaseUrl } = await restore(verdicts, product, taken);
  const worker = roleProcess('worker', mainProgram, env);
  await worker.start();
  const deps = openDeps(databaseUrl);
  const files = openFiles({ dataDir, s3: undefined });
  const restored: Product = { ...product, ask: untilAsked(deps), files };
  verdicts.holds('nothing of it waits any more', await untilSettled(restored));
  await checkContent(verdicts, restored, ledger, taken);
  const open = await restored.ask(
    'select 1 from block where workspace_id = $1 and lifted_at is null',
    [restored.workspaceId],
  );
  verdicts.holds(
    'nobody is blocked who was let in again after the backup',
    open.length === 0,
    `${open.length} of ${ledger.blocks.length} blocks, ${taken.cut.length} backups were cut off`,
  );
  verdicts.holds(
    'no row of it stands against the gate',
    (await countGateViolations(restored)) === 0,
  );
  await worker.stop();
  await deps.pool.end();
  verdicts.none('its worker did not end by itself', worker.deaths);
};
