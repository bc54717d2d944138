import { parseArgs } from 'node:util';
import { httpTo } from '../src/app/server/testing/http-client.ts';
import { type Listeners, openListeners, toldTo, untilTold } from './canary/listeners.ts';
import { wordsInFiles, wordsInTables } from './canary/look.ts';
import { type Planted, plant, plantControl } from './canary/plant.ts';
import { actSince, comeAgain, saveBefore, startRestored, untilRemoved } from './canary/restored.ts';
import { type Scene, until } from './canary/scene.ts';
import { lookAfter, lookBefore, readEverything, twoProgramsOf } from './canary/verdicts.ts';
import { callerFor, makeCanaries } from './canary/words.ts';
import { openVerdicts, type Verdicts } from './crash/verdicts.ts';
import { startDatabases, type TestDatabases } from './support/test-database.ts';
import { startWholeProduct, type WholeProduct } from './support/whole-product.ts';

/**
 * What is removed is really gone. Words like no other go through everything that the product does with a message, are asked
 * to be removed, and are looked for afterwards: in every answer to everybody, in every live event and webhook, in every table, in the files of the database, in
 * the storage of files, in the log; and once more after a backup of before was restored and started. Each is found
 * everywhere before, so that nothing is proved by looking in the wrong place.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
  },
});
const seed = Number(values.seed);
const control = `zq${seed}controle`;
const since = `zq${seed}depois`;

interface Played {
  readonly planted: Planted;
  /** A backup of before anything was removed. */
  readonly folder: string;
  /** WhatsApp's id of what came and was removed after it. */
  readonly sinceId: string;
}

const askForName = async ({ agent }: Scene, contactId: string): Promise<{ id: string }> =>
  (await agent('POST', `/contacts/${contactId}/name-removal-requests`, {
    reason: 'offense',
  })) as { id: string };

/** What was told while it happened: screens told the words before, and none from the cover on; programs never. */
const lookAtListeners = ({ verdicts, words }: Scene, listeners: Listeners): void => {
  const { screens, posted } = listeners;
  const deaf = Object.entries(screens).filter(
    ([, { heard }]) => !heard.some((event) => event.includes(words.own)),
  );
  verdicts.none(
    'before: every screen was told',
    deaf.map(([who]) => who),
  );
  const { live, webhooks } = toldTo(listeners, Object.values(words));
  verdicts.none('covered and removed: no live event tells a word', live);
  const events = ['message.covered', 'message.removed'];
  verdicts.none(
    'webhooks told of both',
    events.filter((event) => !posted.some((body) => body.includes(event))),
  );
  verdicts.none('no webhook tells a word', webhooks);
};

const play = async (scene: Scene, whole: WholeProduct, listeners: Listeners): Promise<Played> => {
  const { verdicts, agent, administrator, words } = scene;
  const persons = Object.values(listeners.persons);
  const planted = await plant(scene);
  await plantControl(scene, control);
  const folder = await saveBefore(scene, whole);
  const { named } = planted;
  await lookBefore(scene, planted);
  // First, so that from the event on that tells of the messages' cover no screen is told the name either.
  const askedName = await askForName(scene, planted.contactId);
  const asked = (await agent('POST', '/messages/removal-requests', {
    messageIds: named,
    reason: 'offense',
  })) as { requests: { id: string }[] };
  const [request] = asked.requests;
  if (request === undefined) {
    throw new Error('nothing was asked for');
  }
  await untilTold(listeners);
  const covered = await readEverything(scene, named, persons);
  verdicts.none(
    'covered: no answer tells a word',
    Object.values(words).filter((word) => covered.includes(word)),
  );
  const path = `/removal-requests/${request.id}`;
  await administrator('POST', `${path}/decisions`, {
    items: named.map((messageId) => ({ messageId, decision: 'remove' })),
  });
  const ofName = `/removal-requests/${askedName.id}`;
  await administrator('POST', `${ofName}/name/decision`, { decision: 'remove' });
  // Whoever goes on writing under the name is not called by it again.
  scene.simulator.inbound({ from: planted.phone, text: 'ainda eu' });
  for (const one of [path, ofName]) {
    await until(
      'everything is gone, and the request says so',
      async () => {
        const { state } = (await administrator('GET', one)) as { state: string };
        return state === 'removed' ? true : undefined;
      },
      120_000,
    );
  }
  await lookAfter(scene, planted, 'removed');
  lookAtListeners(scene, listeners);
  const sinceId = await actSince(scene, since);
  await untilRemoved(scene);
  return { planted, folder, sinceId };
};

/** The older backup, started with the journal: before it says that it is ready everything is out of sight again. */
const playRestored = async (
  scene: Scene,
  whole: WholeProduct,
  { planted, folder, sinceId }: Played,
  adminUrl: string,
): Promise<void> => {
  const restored = await startRestored(scene, whole, folder, adminUrl);
  try {
    const again: Scene = { ...restored.scene, words: { ...scene.words, ...{ since } } };
    scene.verdicts.none(
      'restored: no table holds a word from the start on, of a message or a name',
      await wordsInTables(again.setting.pool, Object.values(again.words)),
    );
    await untilRemoved(again);
    await comeAgain(again, whole, [...planted.externalIds, sinceId], since);
    await lookAfter(again, planted, 'restored', twoProgramsOf(again));
    const code = await again.server.stop();
    scene.verdicts.holds('restored: it stops cleanly', code === 0, String(code));
  } finally {
    await restored.close();
  }
};

/** Ended orderly, so with a checkpoint: everything is in its file. What the write-ahead log keeps a while is told in the help. */
const lookAtDatabase = async (
  verdicts: Verdicts,
  { postgres }: TestDatabases,
  words: readonly string[],
): Promise<void> => {
  await postgres.stop();
  const look = (some: readonly string[]) => wordsInFiles(postgres.dataDir, some, ['pg_wal']);
  verdicts.holds('what stays is in a file of the database', (await look([control])).length > 0);
  verdicts.none('removed: no file of the database', await look(words));
};

const run = async (verdicts: Verdicts, databases: TestDatabases): Promise<void> => {
  const words = makeCanaries(seed);
  const whole = await startWholeProduct(databases, {
    ...{ LOG_LEVEL: 'debug', GUARITA_WEBHOOKS_PRIVATE: '1' },
  });
  const http = httpTo(whole.url);
  try {
    const scene: Scene = {
      ...{ verdicts, http, words, ...whole },
      agent: callerFor(http, whole.setting.agentKey),
      administrator: callerFor(http, whole.setting.adminKey),
    };
    const listeners = await openListeners(http, whole.url, whole.setting);
    const played = await play(scene, whole, listeners).finally(() => listeners.close());
    const code = await whole.server.stop();
    verdicts.holds('it stops cleanly', code === 0, String(code));
    await playRestored(scene, whole, played, databases.postgres.connectionString);
  } finally {
    await whole.close();
  }
  await lookAtDatabase(verdicts, databases, [...Object.values(words), since]);
};

console.log(`seed ${seed}`);
const verdicts = openVerdicts();
const databases = await startDatabases();
try {
  await run(verdicts, databases);
} catch (error) {
  verdicts.holds(error instanceof Error ? error.message : 'the test broke', false);
} finally {
  await databases.stop();
}
process.exit(verdicts.close() ? 0 : 1);
