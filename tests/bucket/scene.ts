import { setTimeout as sleep } from 'node:timers/promises';
import type { TestBucket } from '#platform/server/files/testing/test-bucket.ts';
import type { Api } from '../crash/api.ts';
import type { Customer, Ledger } from '../crash/ledger.ts';
import { write } from '../crash/load.ts';
import type { Verdicts } from '../crash/verdicts.ts';
import type { Cluster } from '../nodes/cluster.ts';
import { until } from '../nodes/until.ts';
import type { Road } from './road.ts';

/** What each part of the drill is about. */
export interface Scene {
  readonly verdicts: Verdicts;
  readonly cluster: Cluster;
  readonly bucket: TestBucket;
  readonly road: Road;
  readonly ledger: Ledger;
  readonly key: string;
  readonly api: Api;
  readonly customers: readonly Customer[];
  readonly env: Readonly<Record<string, string>>;
}

export const patienceMs = 60_000;

export const customerOf = (scene: Scene, n: number): Customer => {
  const customer = scene.customers[n];
  if (customer === undefined) {
    throw new Error('too few customers');
  }
  return customer;
};

/** All objects but the journal. */
export const files = async ({ bucket }: Scene): Promise<string[]> =>
  (await bucket.keys()).filter((key) => !key.startsWith('journal/'));

export const journalKeys = ({ bucket }: Scene): Promise<string[]> => bucket.keys('journal/lines/');

export interface Picture {
  readonly messageId: string;
  /** In the bucket: itself and its thumbnail. */
  readonly keys: readonly string[];
}

export const pictureArrives = async (
  scene: Scene,
  from: Customer,
  seed: number,
): Promise<Picture> => {
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

export const textArrives = async (scene: Scene, from: Customer, text: string) => {
  const record = write(scene.cluster, scene.ledger, from.phone, text);
  await record.track.until((track) => track.state === 'delivered', patienceMs);
  const [row] = await scene.cluster.ask<{ id: string }>(
    'select id from message where external_id = $1',
    [record.id],
  );
  return { id: row?.id ?? '', externalId: record.id };
};

export const nothingIsDue = ({ cluster }: Scene): Promise<number> =>
  until(async () => {
    const due = await cluster.ask(
      'select 1 from journal_contact_due union all select 1 from journal_removal where written_at is null',
    );
    return due.length === 0;
  }, patienceMs);

interface Check {
  readonly step: string;
  readonly state: string;
  readonly errorCode: string | null;
}

/** How a request stands; not asked more often than a key may. */
export const checklistOf = async ({ api }: Scene, requestId: string) => {
  await sleep(200);
  const { json } = await api.call('GET', `/removal-requests/${requestId}`);
  return { state: String(json['state']), checklist: (json['checklist'] ?? []) as Check[] };
};
