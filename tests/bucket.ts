import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestBucket } from '#platform/server/files/testing/test-bucket.ts';
import { makeScratchFolder } from '#platform/server/testing/scratch-folder.ts';
import { guarita } from './backup/installation.ts';
import { checkComeBack } from './bucket/come-back.ts';
import { startRoad } from './bucket/road.ts';
import { dump, restoreDump } from './bucket/saved-database.ts';
import {
  checklistOf,
  customerOf,
  files,
  journalKeys,
  nothingIsDue,
  type Picture,
  patienceMs,
  pictureArrives,
  type Scene,
  textArrives,
} from './bucket/scene.ts';
import { apiOf } from './crash/api.ts';
import { openLedger } from './crash/ledger.ts';
import { makeCustomers } from './crash/load.ts';
import { openVerdicts } from './crash/verdicts.ts';
import { startCluster } from './nodes/cluster.ts';
import { checkMedia } from './nodes/media.ts';
import { until } from './nodes/until.ts';

/**
 * Two web and two worker processes on one PostgreSQL, with media and journal in a bucket: files come, go and are really gone;
 * the bucket is away during a removal; the database is lost and an older dump of it comes back. On a stand-in, or on the
 * object store that GUARITA_TEST_S3 names.
 */

const verdicts = openVerdicts();
const begun = performance.now();

const checkFiles = async (scene: Scene): Promise<Picture> => {
  const { cluster, key, api } = scene;
  await checkMedia(scene);
  const picture = await pictureArrives(scene, customerOf(scene, 0), 4_001);
  verdicts.holds(
    'a picture and its thumbnail are objects of the bucket',
    picture.keys.length === 2,
  );
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
  verdicts.holds(
    'it lies under its own hash',
    picture.keys.some((name) => name.endsWith(digest)),
  );
  return picture;
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
  const seen = new Set<string>();
  const isRed = (): boolean => seen.has('storage-unreachable') && seen.has('journal-unreachable');
  await until(async () => {
    for (const { errorCode } of (await checklistOf(scene, requestId)).checklist) {
      seen.add(errorCode ?? 'none');
    }
    return isRed();
  }, patienceMs);
  verdicts.holds(
    'with the bucket away the checklist is red for files and journal',
    isRed(),
    [...seen].join(),
  );
  const kept = await files(scene);
  verdicts.holds(
    'and the files are still there',
    picture.keys.every((one) => kept.includes(one)),
  );
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
  const env = cluster.env;
  await run({ verdicts, cluster, bucket, road, ledger, key, api, customers, env }, scratch);
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
