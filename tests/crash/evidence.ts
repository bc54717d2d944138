import { createHash } from 'node:crypto';
import { keyOf } from '#platform/server/files/index.ts';
import type { SentMessage } from '../../simulator/state/world.ts';
import type { Customer, Ledger } from './ledger.ts';
import type { Product } from './product.ts';

export interface MessageRow {
  readonly id: string;
  readonly externalId: string | null;
  readonly direction: 'in' | 'out' | 'internal';
  readonly status: string;
  readonly errorCode: string | null;
  readonly text: string | null;
}

export interface BlockRow {
  readonly phone: string;
  readonly startedAt: Date;
  readonly liftedAt: Date | null;
}

/** The file of one stored picture. */
export interface PictureRow {
  readonly messageId: string;
  readonly externalId: string | null;
  readonly direction: 'in' | 'out';
  readonly state: string;
  /** The bytes lie in the store and are those that WhatsApp had, or that were given with the send. */
  readonly isWhole: boolean;
}

/** What stands in the database and in WhatsApp's outbox when all is quiet. */
export interface Evidence {
  readonly ledger: Ledger;
  readonly messages: readonly MessageRow[];
  readonly blocks: readonly BlockRow[];
  /** Whether the gate counted this item as dropped. */
  readonly wasDropped: (externalId: string) => boolean;
  readonly outbox: readonly SentMessage[];
  /** SHA-256 (hex) of the file that a message named when it left; undefined of one without a file. */
  readonly digestSent: (sent: SentMessage) => string | undefined;
  readonly pictures: readonly PictureRow[];
}

const digestInStore = async (
  { files, workspaceId }: Product,
  sha256: string,
): Promise<string | undefined> => {
  const stream = await files.get(keyOf(workspaceId, Buffer.from(sha256, 'hex')));
  if (stream === undefined) {
    return undefined;
  }
  const hash = createHash('sha256');
  for await (const chunk of stream) {
    hash.update(chunk);
  }
  return hash.digest('hex');
};

/** Every picture, of both sides; of our own those whose sends were accepted. */
export const gatherPictures = async (product: Product, ledger: Ledger): Promise<PictureRow[]> => {
  const given = new Map(ledger.accepted.map((one) => [one.messageId, one.sha256]));
  const rows = await product.ask<
    Omit<PictureRow, 'isWhole'> & { mediaId: string | null; sha256: string | null }
  >(
    `select m.id as "messageId", m.external_id as "externalId", m.direction, f.state,
            f.provider_media_id as "mediaId", encode(f.sha256, 'hex') as sha256
       from message_media f join message m on m.workspace_id = f.workspace_id and m.id = f.message_id
      where f.workspace_id = $1`,
    [product.workspaceId],
  );
  return Promise.all(
    rows
      .filter(({ direction, messageId }) => direction === 'in' || given.has(messageId))
      .map(async ({ mediaId, sha256, ...row }) => {
        const isHere = sha256 !== null && sha256 === (await digestInStore(product, sha256));
        const wanted =
          row.direction === 'out'
            ? given.get(row.messageId)
            : product.simulator.world.media.get(mediaId ?? '')?.sha256;
        return { ...row, isWhole: isHere && sha256 === wanted };
      }),
  );
};

/** Whether the gate counted an item as dropped, by WhatsApp's id of it. */
export const findDropped = async ({
  ask,
  keyed,
  workspaceId,
  channelId,
}: Product): Promise<(externalId: string) => boolean> => {
  const hashes = await ask<{ hash: string }>(
    `select encode(item_hash, 'hex') as hash from dropped_item where workspace_id = $1`,
    [workspaceId],
  );
  const dropped = new Set(hashes.map((row) => row.hash));
  return (externalId) =>
    dropped.has(keyed.hash('dropped-item', `${channelId}/${externalId}`).toString('hex'));
};

const fileOf = ({ content }: SentMessage): string =>
  typeof content === 'object' && content !== null && 'id' in content ? String(content.id) : '';

export const gather = async (
  product: Product,
  ledger: Ledger,
  customers: readonly Customer[],
): Promise<Evidence> => {
  const { workspaceId } = product;
  const { media, outbox } = product.simulator.world;
  const messages = await product.ask<MessageRow & Record<string, unknown>>(
    `select id, external_id as "externalId", direction, status, error_code as "errorCode", text
       from message where workspace_id = $1`,
    [workspaceId],
  );
  const phones = new Map(customers.map((one) => [one.contactId, one.phone]));
  const blocks = await product.ask<{ contactId: string; startedAt: Date; liftedAt: Date | null }>(
    `select contact_id as "contactId", started_at as "startedAt", lifted_at as "liftedAt"
       from block where workspace_id = $1`,
    [workspaceId],
  );
  return {
    ledger,
    messages,
    blocks: blocks.map((block) => ({ ...block, phone: phones.get(block.contactId) ?? '' })),
    wasDropped: await findDropped(product),
    outbox: [...outbox.values()],
    digestSent: (sent) => media.get(fileOf(sent))?.sha256,
    pictures: await gatherPictures(product, ledger),
  };
};

/** Inbound rows made while a block was active, or after one that covers when they were written: by the database alone. */
export const countGateViolations = async (product: Product): Promise<number> => {
  const [row] = await product.ask<{ n: number }>(
    `select count(*) as n from message m
       join block b on b.workspace_id = m.workspace_id and b.contact_id = m.contact_id
      where m.workspace_id = $1 and m.direction = 'in'
        and ((m.created_at > b.started_at + interval '1 millisecond'
              and (b.lifted_at is null or m.created_at < b.lifted_at))
          or (m.created_at > b.lifted_at and extract(epoch from m.provider_at) between
              floor(extract(epoch from b.started_at)) and floor(extract(epoch from b.lifted_at))))`,
    [product.workspaceId],
  );
  return row?.n ?? Number.NaN;
};

/** Claims that nobody will ever end, and jobs that a dead process holds or nobody runs. */
export const findLeftovers = async (product: Product): Promise<string[]> => {
  const claims = await product.ask<{ what: string }>(
    `select d.kind || ' claim of a message that is ' || coalesce(m.status, 'missing') as what
       from dispatch_claim d
       left join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
      where d.ended_at is null and d.deadline < clock_timestamp() - interval '12 seconds'
        and (d.kind = 'read' or m.status is distinct from 'unknown')`,
  );
  const jobs = await product.ask<{ what: string }>(
    `select task_identifier || case when locked_at is null then ' waiting' else ' locked' end as what
       from graphile_worker.jobs
      where locked_at < clock_timestamp() - interval '40 seconds'
         or (locked_at is null and attempts < max_attempts and run_at < clock_timestamp() - interval '15 seconds')`,
  );
  return [...claims, ...jobs].map((row) => row.what);
};

export const countUnsettled = async (product: Product): Promise<number> => {
  const [row] = await product.ask<{ n: number }>(
    `select (select count(*) from message
              where workspace_id = $1 and direction = 'out' and status in ('queued', 'sending'))
          + (select count(*) from message_media
              where workspace_id = $1 and state in ('waiting', 'fetching')) as n`,
    [product.workspaceId],
  );
  return row?.n ?? Number.NaN;
};
