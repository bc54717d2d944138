import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestBucket, type TestBucket } from '#platform/server/files/testing/test-bucket.ts';
import { makeScratchFolder } from '#platform/server/testing/scratch-folder.ts';
import { httpTo } from '../src/app/server/testing/http-client.ts';
import { textFrom, write as writeTo } from '../src/app/server/testing/signed-webhook.ts';
import { ask, guarita, mainProgram, startInVain } from './backup/installation.ts';
import { type Road, startRoad } from './bucket/road.ts';
import { dump, restoreDump } from './bucket/saved-database.ts';
import { type Api, apiOf } from './crash/api.ts';
import { type Customer, type Ledger, openLedger } from './crash/ledger.ts';
import { makeCustomers, write } from './crash/load.ts';
import { crashChannel } from './crash/product.ts';
import { roleProcess } from './crash/role-process.ts';
import { openVerdicts } from './crash/verdicts.ts';
import { type Cluster, startCluster } from './nodes/cluster.ts';
import { checkMedia } from './nodes/media.ts';
import { until } from './nodes/until.ts';

/**
 * Two web and two worker processes on one PostgreSQL, with media and journal in a bucket: files come, go and are really gone;
 * the bucket is away during a removal; the database is lost and an older dump of it comes back. On a stand-in, or on the
 * object store that GUARITA_TEST_S3 names.
 */

const verdicts = openVerdicts();
const begun = performance.now();

interface Scene {
  readonly cluster: Cluster;
  readonly bucket: TestBucket;
  readonly road: Road;
  readonly ledger: Ledger;
  readonly key: string;
  readonly api: Api;
  readonly customers: readonly Customer[];
  readonly env: Readonly<Record<string, string>>;
}

const patienceMs = 60_000;

const customerOf = (scene: Scene, n: number): Customer => {
  const customer = scene.customers[n];
  if (customer === undefined) {
    throw new Error('too few customers');
  }
  return customer;
};

const files = async ({ bucket }: Scene): Promise<string[]> =>
  (await bucket.keys()).filter((key) => !key.startsWith('journal/'));

const journalKeys = ({ bucket }: Scene): Promise<string[]> => bucket.keys('journal/lines/');

interface Picture {
  readonly messageId: string;
  /** In the bucket: itself and its thumbnail. */
  readonly keys: readonly string[];
}

const pictureArrives = async (scene: Scene, from: Customer, seed: number): Promise<Picture> => {
  const record = write(scene.cluster, scene.ledger, from.phone, `uma foto ${seed}`, seed);
  const find = async () =>
    (
      await scene.cluster.ask<{ id: string; hashes: string[] }>(
        `select m.id, array[encode(f.sha256, 'hex'), encode(f.thumbnail_sha256, 'hex')] as hashes
           from message m join message_media f on f.workspace_id = m.workspace_id and f.message_id = m.id
          where m.external_id = $1 and f.state = 'ready'`,
        [record.id],
      )
    )[0];
  await until(async () => (await find()) !== undefined, patienceMs);
  const found = await find();
  const all = await files(scene);
  const keys = all.filter((key) => found?.hashes.some((hash) => key.endsWith(hash)) === true);
  return { messageId: found?.id ?? '', keys };
};

const textArrives = async (scene: Scene, from: Customer, text: string) => {
  const record = write(scene.cluster, scene.ledger, from.phone, text);
  await record.track.until((track) => track.state === 'delivered', patienceMs);
  const [row] = await scene.cluster.ask<{ id: string }>(
    'select id from message where external_id = $1',
    [record.id],
  );
  return { id: row?.id ?? '', externalId: record.id };
};

const nothingIsDue = ({ cluster }: Scene): Promise<number> =>
  until(async () => {
    const due = await cluster.ask(
      'select 1 from journal_contact_due union all select 1 from journal_removal where written_at is null',
    );
    return due.length === 0;
  }, patienceMs);

const checkFiles = async (scene: Scene): Promise<Picture> => {
  const { cluster, key, api } = scene;
  await checkMedia({ ...scene, verdicts });
  const picture = await pictureArrives(scene, customerOf(scene, 0), 4_001);
  verdicts.holds('a picture and its thumbnail are objects of the bucket', picture.keys.length === 2);
  await api.call('POST', `/messages/${picture.messageId}/media/reveal`);
  const url = `${cluster.webUrls[1]}/api/v1/messages/${picture.messageId}/media`;
  const headers = { authorization: `Bearer ${key}` };
  const whole = Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
  const part = await fetch(url, { headers: { ...headers, range: 'bytes=100-299' } });
  const bytes = Buffer.from(await part.arrayBuffer());
  verdicts.holds(
    'a part of it is read, and is that part',
    part.status === 206 && bytes.equals(whole.subarray(100, 300)),
    `${part.status} ${part.headers.get('content-range')}`,
  );
  const digest = createHash('sha256').update(whole).digest('hex');
  verdicts.holds('it lies under its own hash', picture.keys.some((name) => name.endsWith(digest)));
  return picture;
};

interface Check {
  readonly step: string;
  readonly state: string;
  readonly errorCode: string | null;
}

const checklistOf = async ({ api }: Scene, requestId: string) => {
  const { json } = await api.call('GET', `/removal-requests/${requestId}`);
  return { state: String(json['state']), checklist: (json['checklist'] ?? []) as Check[] };
};

/** Removed while the bucket is away: red, and green when it is back; then nothing is left in it. */
const removeWhileAway = async (scene: Scene, picture: Picture, textId: string): Promise<void> => {
  const { api, road, cluster } = scene;
  road.shut();
  for (const messageId of [picture.messageId, textId]) {
    await api.call('POST', '/messages/removals', { messageIds: [messageId], reason: 'offense' });
  }
  const [{ id: requestId = '' } = {}] = await cluster.ask<{ id: string }>(
    'select request_id as id from removal_item where message_id = $1',
    [picture.messageId],
  );
  let seen: string[] = [];
  await until(async () => {
    const { checklist } = await checklistOf(scene, requestId);
    seen = checklist.flatMap(({ errorCode }) => errorCode ?? []);
    return seen.includes('storage-unreachable') && seen.includes('journal-unreachable');
  }, patienceMs);
  verdicts.holds(
    'with the bucket away the checklist is red for files and journal',
    seen.includes('storage-unreachable') && seen.includes('journal-unreachable'),
    seen.join(),
  );
  const kept = await files(scene);
  verdicts.holds('and the files are still there', picture.keys.every((one) => kept.includes(one)));
  road.open();
  await api.call('POST', `/removal-requests/${requestId}/retry`);
  const waited = await until(
    async () => (await checklistOf(scene, requestId)).state === 'removed',
    patienceMs,
  );
  verdicts.holds(
    'and green when it is back',
    Number.isFinite(waited),
    JSON.stringify(await checklistOf(scene, requestId)),
  );
  const left = await files(scene);
  verdicts.none(
    'and nothing of it is in the bucket',
    picture.keys.filter((one) => left.includes(one)),
  );
};

/** Both nodes at once, while workers write: no line twice, none missing. */
const actAtBothNodes = async (scene: Scene): Promise<readonly string[]> => {
  const [first, second] = scene.cluster.webUrls.map((url) => apiOf(url, scene.key));
  const removed = [];
  for (let n = 0; n < 6; n += 1) {
    removed.push(await textArrives(scene, customerOf(scene, 3), `canário ${n}`));
  }
  await Promise.all([
    first?.call('PUT', `/contacts/${customerOf(scene, 1).contactId}/block`, {
      reason: 'offense',
      upstream: false,
    }),
    second?.call('DELETE', `/contacts/${customerOf(scene, 2).contactId}/block`),
    ...removed.map(({ id }, n) =>
      (n % 2 === 0 ? first : second)?.call('POST', '/messages/removals', {
        messageIds: [id],
        reason: 'offense',
      }),
    ),
  ]);
  await nothingIsDue(scene);
  const keys = await journalKeys(scene);
  verdicts.holds(
    'the journal is an object for each line, without a gap',
    keys.length > 8 && keys.every((one, n) => Number(one.split('/').at(-1)) === n + 1),
    `${keys.length} lines`,
  );
  const verified = await guarita(['journal', 'verify'], { env: scene.env });
  verdicts.holds(
    'each is signed, and the database knows all',
    verified.code === 0 && verified.output.includes(`is whole: ${keys.length} lines`),
    verified.code === 0 ? '' : verified.output,
  );
  return removed.map(({ externalId }) => externalId);
};

/** A journal that does not fit is no start; each time it is put back as it was. */
const checkRefusals = async (
  scene: Scene,
  env: Readonly<Record<string, string>>,
): Promise<void> => {
  const keys = await journalKeys(scene);
  const lines = await Promise.all(keys.map((one) => scene.bucket.read(one)));
  const last = keys.at(-1) ?? '';
  const refused = async (what: string, words: string): Promise<void> => {
    const { code, output } = await startInVain(env['GUARITA_DATA_DIR'] ?? '', env);
    const isSo = code === 1 && output.includes(words) && output.includes('journal recreate');
    verdicts.holds(`with a journal that is ${what} nothing starts, and the way out is said`, isSo);
    if (!isSo) {
      console.log(output);
    }
  };
  await scene.bucket.write(last, (lines.at(-1) ?? '').replace('"seq"', '"Seq"'));
  await refused('tampered with', 'is not what was written there');
  await scene.bucket.write(last, lines.at(-1) ?? '');
  for (const one of keys.slice(1)) {
    await scene.bucket.remove(one);
  }
  await refused('behind', 'an older copy lies there');
  await scene.bucket.remove(keys[0] ?? '');
  await refused('absent', 'there is no journal');
  for (const [n, one] of keys.entries()) {
    await scene.bucket.write(one, lines[n] ?? '');
  }
};

/** On the older database, from the first answer on. */
const checkComeBack = async (
  scene: Scene,
  databaseUrl: string,
  gone: readonly string[],
  heldId: string,
): Promise<void> => {
  const { cluster } = scene;
  const ports = cluster.webUrls.map((url) => new URL(url).port);
  const env = { ...scene.env, DATABASE_URL: databaseUrl };
  await checkRefusals(scene, env);
  const nodes = [
    ...ports.map((port) => roleProcess('web', mainProgram, { ...env, PORT: port })),
    roleProcess('worker', mainProgram, env),
    roleProcess('worker', mainProgram, env),
  ];
  try {
    await Promise.all(nodes.map((node) => node.start()));
    const number = {
      channelId: cluster.channelId,
      ...{ phoneNumberId: crashChannel.phoneNumberId, wabaId: crashChannel.wabaId },
      ...{ displayNumber: crashChannel.displayPhoneNumber },
      ...{ appSecret: crashChannel.appSecret, verifyToken: crashChannel.verifyToken },
    };
    const http = httpTo(cluster.webUrls[1]);
    const says = (n: number, text: string, id?: string) => {
      const person = { name: 'Alguém', phone: customerOf(scene, n).phone, bsuid: `BR.${n}` };
      return writeTo(http, number, person, textFrom(person, text, id === undefined ? {} : { id }));
    };
    for (const id of gone) {
      await says(3, 'outra vez', id);
    }
    await says(1, 'deixa eu entrar');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await says(2, 'de volta');
    const rows = await ask<{ text: string }>(
      databaseUrl,
      `select text from message where text in ('outra vez', 'deixa eu entrar', 'de volta')`,
    );
    verdicts.holds(
      'nothing that was removed is stored again, whoever was blocked is kept out, whoever was let in comes in',
      rows.map(({ text }) => text).join() === 'de volta',
      rows.map(({ text }) => text).join(),
    );
    const [tombstone] = await ask<{ text: string | null; number: number | null }>(
      databaseUrl,
      'select text, removal_number as number from message where id = $1',
      [heldId],
    );
    verdicts.holds(
      'what the older database still held is removed again',
      tombstone?.text === null && (tombstone.number ?? 0) > 0,
    );
    const acts = await ask<{ action: string }>(
      databaseUrl,
      `select distinct action from audit_event where actor_kind = 'system'`,
    );
    const said = acts.map(({ action }) => action);
    verdicts.holds(
      'and the audit log says so',
      ['installation.journal-applied', 'gate.block-restored', 'gate.lift-restored'].every((one) =>
        said.includes(one),
      ),
    );
    verdicts.none('no process died', nodes.flatMap(({ deaths }) => deaths));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
};

/** After so many days messages are purged, and their files with them. */
const checkRetention = async (scene: Scene, picture: Picture): Promise<void> => {
  const { cluster, api } = scene;
  await cluster.ask(`update message set at = at - interval '40 days' where id = $1`, [
    picture.messageId,
  ]);
  await api.call('PUT', '/retention', { days: 30 });
  await cluster.ask(`select graphile_worker.add_job('conversations.purge-old', '{}')`);
  const waited = await until(async () => {
    const left = await files(scene);
    return picture.keys.every((one) => !left.includes(one));
  }, patienceMs);
  verdicts.holds('what retention purges is gone from the bucket', Number.isFinite(waited));
};

const run = async (scene: Scene, scratch: string): Promise<void> => {
  const { cluster } = scene;
  const picture = await checkFiles(scene);
  const old = await pictureArrives(scene, customerOf(scene, 3), 4_002);
  const held = await textArrives(scene, customerOf(scene, 0), 'canário antigo');
  await scene.api.call('PUT', `/contacts/${customerOf(scene, 2).contactId}/block`, {
    reason: 'offense',
    upstream: false,
  });
  await nothingIsDue(scene);
  const saved = join(scratch, 'guarita.dump');
  await dump(cluster.databaseUrl, saved);
  await removeWhileAway(scene, picture, held.id);
  const gone = [held.externalId, ...(await actAtBothNodes(scene))];
  await checkRetention(scene, old);
  verdicts.none('no process died before', [
    ...cluster.webs.flatMap(({ deaths }) => deaths),
    ...cluster.workers.flatMap(({ deaths }) => deaths),
  ]);
  await Promise.all([...cluster.webs, ...cluster.workers].map((one) => one.stop()));
  await checkComeBack(scene, await restoreDump(cluster.databaseUrl, saved), gone, held.id);
};

const bucket = await openTestBucket();
const road = await startRoad(bucket.settings.endpoint);
const scratch = await makeScratchFolder('guarita-bucket-');
const cluster = await startCluster({
  S3_ENDPOINT: road.url,
  S3_BUCKET: bucket.settings.bucket,
  S3_REGION: bucket.settings.region,
  S3_ACCESS_KEY_ID: bucket.settings.accessKeyId,
  S3_SECRET_ACCESS_KEY: bucket.settings.secretAccessKey,
});
try {
  const { key } = await cluster.signIn();
  const ledger = openLedger();
  const customers = await makeCustomers(cluster, ledger, 4);
  const api = apiOf(cluster.url, key);
  await run({ cluster, bucket, road, ledger, key, api, customers, env: cluster.env }, scratch);
} catch (error) {
  verdicts.holds(error instanceof Error ? (error.stack ?? error.message) : 'the test broke', false);
} finally {
  await cluster.stop();
  await road.close();
  await bucket.close();
  await rm(scratch, { recursive: true, force: true });
}
console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
process.exit(verdicts.close() ? 0 : 1);
