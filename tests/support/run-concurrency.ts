import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildServer, startServer } from './child-server.ts';
import { type Focus, runClient } from './client.ts';
import type { Crowd } from './crowd.ts';
import { checkDeep, countUpstreamOpen } from './deep-oracle.ts';
import { readEvidence } from './evidence.ts';
import { type GraphStandIn, startGraphStandIn } from './graph-stand-in.ts';
import { postWebhook } from './http.ts';
import { checkInbound, type Findings, note } from './inbound-oracle.ts';
import { checkMedia } from './media-oracle.ts';
import { done, type World } from './operations.ts';
import {
  checkOthers,
  countContested,
  countOperations,
  otherInvariants,
  statusOperation,
} from './other-oracle.ts';
import { checkOutbound } from './outbound-oracle.ts';
import { homeOf, makePerson, meet } from './people.ts';
import { createRandom } from './random.ts';
import { createRecords, type Item, type Records } from './records.ts';
import { makeSetting, type Setting, secret } from './setting.ts';
import { runStories } from './stories.ts';
import { countSecondWall, type TestDatabases } from './test-database.ts';
import { statusBody } from './webhook-bodies.ts';

export interface ConcurrencyOptions {
  readonly tree: string;
  /** The built server of that tree. */
  readonly program: string;
  readonly databases: TestDatabases;
  readonly seed: number;
  readonly focus: Focus;
  /** At least so many operations, for at least so many seconds. */
  readonly operations: number;
  readonly seconds: number;
  /** Give up after so many, having done what could be done. */
  readonly mostSeconds: number;
  readonly clients: number;
  /** Looks at what broke after each so many operations, and ends at the first. */
  readonly stopAtFirst: boolean;
  /** The invariants of which one ends it then; absent: any. */
  readonly stopAt?: readonly string[];
  readonly onProgress?: (line: string) => void;
}

export interface ConcurrencyResult {
  readonly records: Records;
  readonly findings: Findings;
  readonly operations: number;
  readonly contested: number;
  readonly seconds: number;
}

const people = 12;
const storyClients = 3;

/** Everything that runs for one test. */
interface Stage {
  readonly options: ConcurrencyOptions;
  readonly started: number;
  readonly records: Records;
  readonly findings: Findings;
  readonly setting: Setting;
  readonly graph: GraphStandIn;
  readonly world: World;
  readonly servers: readonly ChildServer[];
  readonly dataDir: string;
  readonly wallCount: () => Promise<number>;
  readonly databaseUrl: string;
  readonly databaseErrors: string[];
}

/** The Graph tells the product of its messages by webhooks of its own. */
const tellStatuses = (graph: GraphStandIn, world: World): void => {
  graph.setTeller(async (status) => {
    const { records, setting, servers, random } = world;
    const number = setting.numbers.find((one) => one.phoneNumberId === status.channelNumber);
    if (number === undefined) {
      return;
    }
    done(world, statusOperation);
    const body = statusBody(number, status);
    const answer = await postWebhook(random.pick(servers), number.appSecret, body);
    if (answer.status !== 200) {
      records.odd.push({ operation: statusOperation, status: answer.status, code: null });
    }
  });
};

const raise = async (options: ConcurrencyOptions, databaseUrl: string): Promise<Stage> => {
  const records = createRecords();
  const graph = await startGraphStandIn(records, createRandom(options.seed + 1));
  const setting = await makeSetting(databaseUrl, 2);
  const wallCount = await countSecondWall(setting.pool);
  const dataDir = mkdtempSync(join(tmpdir(), 'guarita-proof-data-'));
  const settings = {
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: secret,
    GUARITA_DATA_DIR: dataDir,
    GRAPH_API_URL: graph.url,
  };
  // One after the other: the first brings the database up, the second finds it so.
  const first = await startServer(options.program, settings);
  const servers = [first, await startServer(options.program, settings)];
  const urls = servers.map((server) => server.url ?? '');
  const { blockList } = graph;
  const random = createRandom(options.seed);
  const world = { records, setting, blockList, pages: graph.url, servers: urls, random };
  tellStatuses(graph, world);
  return {
    ...{ options, started: performance.now(), records, findings: new Map(), setting, graph },
    ...{ world, servers, dataDir, wallCount, databaseUrl, databaseErrors: [] },
  };
};

const aCrowd = async (stage: Stage): Promise<Crowd> => {
  const { world } = stage;
  const crowd: Crowd = {
    world,
    people: Array.from({ length: people }, (_, n) => makePerson(world, { isSlow: n % 3 === 0 })),
    stored: new Map(),
  };
  for (const person of crowd.people) {
    await meet(world, person, 'both');
    const own = [...world.records.items.values()].filter((item: Item) => item.person === person);
    const homes = await Promise.all(own.map((item) => homeOf(world, item.wamid)));
    crowd.stored.set(
      person,
      own.flatMap((item, n) => {
        const messageId = homes[n]?.messageId;
        return messageId === undefined ? [] : [{ item, messageId }];
      }),
    );
  }
  return crowd;
};

const look = async (stage: Stage, isSettled: boolean): Promise<void> => {
  const { records, findings, setting } = stage;
  const evidence = await readEvidence(setting);
  stage.databaseErrors.push(...stage.options.databases.takeErrors(stage.databaseUrl));
  findings.clear();
  checkInbound(records, evidence, setting, findings);
  checkOutbound(records, evidence, findings, isSettled);
  checkMedia(records, evidence, findings, isSettled);
  const lists = isSettled ? new Set(stage.graph.blockList.all()) : null;
  await checkDeep(records, setting, findings, lists);
  const more = { wall: await stage.wallCount(), errors: stage.databaseErrors };
  checkOthers({ records, evidence, findings }, more);
};

const isOver = ({ options, findings }: Stage): boolean =>
  options.stopAtFirst &&
  [...findings.keys()].some((invariant) => options.stopAt?.includes(invariant) ?? true);

/** Clients on both processes, until there were enough operations or something broke. */
const act = async (stage: Stage, crowd: Crowd): Promise<void> => {
  const { options, records, world } = stage;
  const elapsed = () => (performance.now() - stage.started) / 1000;
  const isEnough = () =>
    elapsed() > options.mostSeconds ||
    (countOperations(records) >= options.operations && elapsed() >= options.seconds);
  const round = options.stopAtFirst ? 300 : 2_000;
  while (!isEnough() && !isOver(stage)) {
    const until = countOperations(records) + round;
    const goOn = () => countOperations(records) < until && !isEnough();
    const clients = Array.from({ length: options.clients }, () =>
      runClient(
        { ...crowd, world: { ...world, random: world.random.fork() } },
        options.focus,
        goOn,
      ),
    );
    const tellers = Array.from({ length: storyClients }, () =>
      runStories({ ...world, random: world.random.fork() }, options.focus, goOn),
    );
    await Promise.all([...clients, ...tellers]);
    await look(stage, false);
    options.onProgress?.(
      `${Math.round(elapsed())} s: ${countOperations(records)} operations, ${stage.findings.size} broken`,
    );
  }
};

const settle = async (stage: Stage): Promise<void> => {
  await stage.graph.calmDown();
  const giveUpAt = performance.now() + 25_000;
  const waiting = async (): Promise<number> => {
    const { rows } = await stage.setting.pool.query<{ n: number }>(
      `select (select count(*) from message where direction = 'out' and status in ('queued', 'sending'))
            + (select count(*) from message_media where state in ('waiting', 'fetching')) as n`,
    );
    return (rows[0]?.n ?? 0) + (await countUpstreamOpen(stage.setting));
  };
  while ((await waiting()) > 0 && performance.now() < giveUpAt) {
    await sleep(200);
  }
  await stage.graph.calmDown();
};

const lower = async (stage: Stage): Promise<void> => {
  for (const server of stage.servers) {
    if (server.hasEnded()) {
      note(stage.findings, otherInvariants.processes, server.lines.slice(-3).join(' | '));
    } else if ((await server.stop()) !== 0) {
      note(stage.findings, otherInvariants.processes, 'did not stop by itself');
    }
  }
  await stage.graph.close();
  await stage.setting.pool.end();
  await rm(stage.dataDir, { recursive: true, force: true });
};

/** The whole test on a database of its own. */
export const runConcurrency = async (options: ConcurrencyOptions): Promise<ConcurrencyResult> => {
  const databaseUrl = await options.databases.create(options.tree);
  options.databases.takeErrors(databaseUrl);
  const stage = await raise(options, databaseUrl);
  try {
    await act(stage, await aCrowd(stage));
    if (!isOver(stage)) {
      await settle(stage);
      await look(stage, true);
    }
  } finally {
    await lower(stage);
  }
  await options.databases.drop(databaseUrl);
  return {
    records: stage.records,
    findings: stage.findings,
    operations: countOperations(stage.records),
    contested: countContested(stage.records),
    seconds: (performance.now() - stage.started) / 1000,
  };
};
