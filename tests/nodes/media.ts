import { createHash } from 'node:crypto';
import { makeSample } from '../../simulator/media/make-media.ts';
import { type Api, apiOf } from '../crash/api.ts';
import type { Customer, Ledger } from '../crash/ledger.ts';
import { send, write } from '../crash/load.ts';
import type { Verdicts } from '../crash/verdicts.ts';
import type { Cluster } from './cluster.ts';
import { until } from './until.ts';

interface Scene {
  readonly cluster: Cluster;
  readonly ledger: Ledger;
  /** Of the API. */
  readonly key: string;
  readonly customers: readonly Customer[];
  readonly verdicts: Verdicts;
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The file of a message as each node serves it: what it answers, and the digest of what it gives. */
const readAtBoth = ({ cluster, key }: Scene, path: string): Promise<string[]> =>
  Promise.all(
    cluster.webUrls.map(async (url) => {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(`${url}/api/v1/messages/${path}`, { headers });
      return `${answer.status} ${digestOf(Buffer.from(await answer.arrayBuffer()))}`;
    }),
  );

/** Put there at the first node, sent by the second, handed to WhatsApp by whichever worker, read at both. */
const checkOutgoing = async (scene: Scene, customer: Customer): Promise<void> => {
  const { cluster, ledger, key, verdicts } = scene;
  const [first, second] = cluster.webUrls.map((url) => apiOf(url, key));
  const picture = makeSample('photo', { seed: 1_000_000 }).bytes;
  const api: Api = {
    strange: [],
    call: async (method, path, ...rest) => {
      const node = path === '/uploads' ? first : second;
      if (node === undefined) {
        throw new Error('no node');
      }
      return node.call(method, path, ...rest);
    },
  };
  const id = (await send(api, ledger, customer, 'uma foto', false, picture)) ?? 'refused';
  const { outbox, media } = cluster.simulator.world;
  const leaving = () => [...outbox.values()].find((one) => one.biz_opaque_callback_data === id);
  await until(() => leaving() !== undefined, 10_000);
  const { id: mediaId = '' } = (leaving()?.content ?? {}) as { id?: string };
  const sha256 = digestOf(picture);
  verdicts.holds(
    'a picture uploaded at one node is sent by the other',
    media.get(mediaId)?.sha256 === sha256,
  );
  const read = await readAtBoth(scene, `${id}/media`);
  verdicts.holds(
    'and read at both, byte for byte',
    read.every((one) => one === `200 ${sha256}`),
    read.map((one) => one.slice(0, 12)).join(' and '),
  );
};

/** Comes in by whichever node, is fetched by whichever worker, and is read at both, its thumbnail too. */
const checkIncoming = async (scene: Scene, customer: Customer): Promise<void> => {
  const { cluster, ledger, key, verdicts } = scene;
  const record = write(cluster, ledger, customer.phone, 'um comprovante', 1_000_001);
  let row: { id: string; mediaId: string } | undefined;
  await until(async () => {
    [row] = await cluster.ask<{ id: string; mediaId: string }>(
      `select m.id, f.provider_media_id as "mediaId" from message m
         join message_media f on f.workspace_id = m.workspace_id and f.message_id = m.id
        where m.external_id = $1 and f.state = 'ready'`,
      [record.id],
    );
    return row !== undefined;
  }, 10_000);
  const sha256 = cluster.simulator.world.media.get(row?.mediaId ?? '')?.sha256;
  // Of somebody whom no person of ours has answered: covered, until it is asked for at either node.
  const covered = await readAtBoth(scene, `${row?.id}/media`);
  await apiOf(cluster.webUrls[0], key).call('POST', `/messages/${row?.id}/media/reveal`);
  const read = await readAtBoth(scene, `${row?.id}/media`);
  verdicts.holds(
    'a picture that came in is covered at both nodes; asked for at one, it is read at both, byte for byte',
    covered.every((one) => one.startsWith('403 ')) && read.every((one) => one === `200 ${sha256}`),
    [...covered, ...read].map((one) => one.slice(0, 12)).join(' and '),
  );
  const [one, other] = await readAtBoth(scene, `${row?.id}/media/thumbnail`);
  verdicts.holds('and its thumbnail', one?.startsWith('200 ') === true && one === other);
};

/** Which node a file is put at, fetched by or asked of makes no difference. */
export const checkMedia = async (scene: Scene): Promise<void> => {
  const [customer] = scene.customers;
  if (customer === undefined) {
    throw new Error('nobody wrote');
  }
  await checkOutgoing(scene, customer);
  await checkIncoming(scene, customer);
};
