import { sql } from 'kysely';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import type { MediaKind } from '#features/media/contract.ts';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { MessageKind, MessageStatus, Withheld } from '../contract.ts';
import type { StructuredKind } from './structured.ts';

/** A row of the history that came through the gate; made by `receive-messages` from what the gate passed. */
export interface ReceivedRow {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly direction: 'in' | 'out';
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly externalId: string;
  readonly status: MessageStatus;
  readonly authorKind: 'phone-app' | null;
  readonly replyToExternalId: string | null;
  readonly at: Date;
  readonly providerAt: Date;
  /** By which it is known if it was purged before (hex). */
  readonly purgedHash: string;
}

/** Where a passed item goes; the rest of the row is taken from the proof. */
export interface Placed<Item> {
  readonly passed: Passed<Item>;
  readonly contactId: string;
  readonly toRow: (item: Item) => ReceivedRow;
}

/**
 * Stores what the gate passed, taking the items from their proofs. An item whose id is known is left alone (WhatsApp
 * repeats webhooks for days), and one that was purged does not come back.
 * @returns the ids of the rows that are new
 * @throws Error when a proof is not of this transaction and contact
 */
export const insertReceived = async <Item>(
  tx: Tx,
  placed: readonly Placed<Item>[],
): Promise<Set<string>> => {
  if (placed.length === 0) {
    return new Set();
  }
  const r = placed.map(({ passed, contactId, toRow }) => {
    assertPassed(passed, tx, contactId);
    return toRow(passed.item);
  });
  const { rows } = await sql<{ id: string }>`
    insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, payload,
                         external_id, status, author_kind, reply_to_external_id, reply_to_id, at, provider_at)
    select u.w, u.id, u.conv, u.contact, u.ch, u.direction, u.kind, u.text, u.payload, u.ext, u.status, u.author,
           u.reply, (select q.id from message q
                  where q.workspace_id = u.w and q.channel_id = u.ch and q.external_id = u.reply
                    and q.conversation_id = u.conv), t.at, t.provider_at
      from unnest(
        ${r.map((x) => x.workspaceId)}::uuid[], ${r.map((x) => x.id)}::uuid[],
        ${r.map((x) => x.conversationId)}::uuid[], ${r.map((x) => x.contactId)}::uuid[],
        ${r.map((x) => x.channelId)}::uuid[], ${r.map((x) => x.direction)}::text[],
        ${r.map((x) => x.kind)}::text[], ${r.map((x) => x.text)}::text[],
        ${r.map((x) => JSON.stringify(x.payload))}::jsonb[], ${r.map((x) => x.externalId)}::text[],
        ${r.map((x) => x.status)}::text[], ${r.map((x) => x.authorKind)}::text[],
        ${r.map((x) => x.replyToExternalId)}::text[], ${r.map((x) => x.purgedHash)}::text[]
      ) with ordinality as u (w, id, conv, contact, ch, direction, kind, text, payload, ext, status, author, reply, hash, n)
      join unnest(${r.map((x) => x.at)}::timestamptz[], ${r.map((x) => x.providerAt)}::timestamptz[])
        with ordinality as t (at, provider_at, n) on t.n = u.n
     where not exists (select 1 from purged_item p where p.workspace_id = u.w and p.item_hash = decode(u.hash, 'hex'))
     order by u.n
    on conflict (workspace_id, channel_id, external_id) where external_id is not null do nothing
    returning id`.execute(tx);
  return new Set(rows.map((row) => row.id));
};

/**
 * @returns of each, in the same order, whether it is stored: by its id on its channel and its kind. A file that fills the placeholder
 *   of an import bears its id, and is none; what is told of a call under its id may be more than is stored
 */
export const findWhetherStored = async (
  tx: Tx,
  items: readonly { workspaceId: string; channelId: string; externalId: string; kind: string }[],
): Promise<boolean[]> => {
  if (items.length === 0) {
    return [];
  }
  const { rows } = await sql<{ isHere: boolean }>`
    select exists (select 1 from message m
                    where m.workspace_id = u.w and m.channel_id = u.ch and m.external_id = u.ext
                      and m.kind = u.kind and m.kind <> 'call') as "isHere"
      from unnest(${items.map((i) => i.workspaceId)}::uuid[], ${items.map((i) => i.channelId)}::uuid[],
                  ${items.map((i) => i.externalId)}::text[], ${items.map((i) => i.kind)}::text[])
           with ordinality as u (w, ch, ext, kind, n)
     order by u.n`.execute(tx);
  return rows.map(({ isHere }) => isHere);
};

/** A message whose id on its channel is known. */
export interface Original {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly externalId: string;
}

/** @returns the replies that were waiting for these, in the same conversation */
export const linkUnlinkedReplies = async (
  tx: Tx,
  originals: readonly Original[],
): Promise<{ workspaceId: string; id: string }[]> => {
  if (originals.length === 0) {
    return [];
  }
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    update message m set reply_to_id = u.id
      from unnest(${originals.map((o) => o.workspaceId)}::uuid[], ${originals.map((o) => o.id)}::uuid[],
                  ${originals.map((o) => o.conversationId)}::uuid[], ${originals.map((o) => o.channelId)}::uuid[],
                  ${originals.map((o) => o.externalId)}::text[]) as u (w, id, conv, ch, ext)
     where m.workspace_id = u.w and m.channel_id = u.ch and m.reply_to_external_id = u.ext
       and m.reply_to_id is null and m.conversation_id = u.conv
    returning m.workspace_id as "workspaceId", m.id`.execute(tx);
  return rows;
};

export interface OutboundRow {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
  /** Of a file its caption; empty for none. */
  readonly text: string;
  /** `text` without a file; `template` with or without one. */
  readonly kind: 'text' | 'template' | MediaKind | StructuredKind;
  /** What its kind needs beside its text. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly author: Actor;
  readonly replyToId: string | null;
  readonly forwardedFrom: string | null;
}

/** PostgreSQL takes halves of surrogate pairs in no JSON; in a text the driver replaces them in the same way. */
const wellFormed = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? Buffer.from(value).toString() : value;

/** @returns the time the row bears, by the database's clock */
const insertOutbound = async (
  tx: Tx,
  row: OutboundRow,
  state: { status: 'queued' | 'failed'; errorCode: string | null; epoch: number | null },
): Promise<Date> => {
  const { rows } = await sql<{ at: Date }>`
      insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, payload,
                           status, error_code, author_kind, author_id, reply_to_id, forwarded_from, accepted_epoch, at)
      values (${row.workspaceId}, ${row.id}, ${row.conversationId}, ${row.contactId}, ${row.channelId}, 'out',
              ${row.kind}, ${row.kind === 'text' || row.text !== '' ? row.text : null},
              ${JSON.stringify(row.payload, wellFormed)}::jsonb, ${state.status}, ${state.errorCode}, ${row.author.kind}, ${row.author.id},
              ${row.replyToId}, ${row.forwardedFrom}, ${state.epoch}, clock_timestamp())
      returning at`.execute(tx);
  if (rows[0] === undefined) {
    throw new Error('a message that was just stored is not there');
  }
  return rows[0].at;
};

/**
 * Stores an accepted message under the epoch of its proof.
 * @returns the time it bears
 */
export const insertQueued = async (tx: Tx, passed: Passed<OutboundRow>): Promise<Date> => {
  assertPassed(passed, tx, passed.item.contactId);
  const state = { status: 'queued', errorCode: null, epoch: passed.epoch } as const;
  return insertOutbound(tx, passed.item, state);
};

/** Keeps a refused attempt in the history, where everybody sees that it did not leave (G2). */
export const insertRefused = async (tx: Tx, row: OutboundRow, errorCode: string): Promise<void> => {
  await insertOutbound(tx, row, { status: 'failed', errorCode, epoch: null });
};

/**
 * An activity line: what the team did, between the messages.
 * @param at of what WhatsApp tells; what is done here bears the database's time
 */
export const insertActivity = async (
  tx: Tx,
  row: Pick<
    OutboundRow,
    'workspaceId' | 'id' | 'conversationId' | 'contactId' | 'channelId' | 'author'
  >,
  payload: Readonly<Record<string, string | null>>,
  at: Date | null = null,
): Promise<void> => {
  await sql`insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind,
                                 payload, status, author_kind, author_id, at)
    values (${row.workspaceId}, ${row.id}, ${row.conversationId}, ${row.contactId}, ${row.channelId}, 'internal',
            'activity', ${JSON.stringify(payload)}::jsonb, 'sent', ${row.author.kind}, ${row.author.id},
            coalesce(${at}::timestamptz, clock_timestamp()))`.execute(tx);
};

export interface MessageState {
  readonly workspaceId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly direction: 'in' | 'out' | 'internal';
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly payload: Record<string, unknown>;
  readonly externalId: string | null;
  readonly status: MessageStatus;
  readonly errorCode: string | null;
  readonly at: Date;
  readonly revokedAt: Date | null;
  readonly acceptedEpoch: number | null;
  readonly attempts: number;
  /** Read with its content all the same: whoever gives that on looks here. */
  readonly withheld: Withheld;
}

const stateColumns = sql`m.workspace_id as "workspaceId", m.id, m.conversation_id as "conversationId",
  m.contact_id as "contactId", m.channel_id as "channelId", m.direction, m.kind, m.text, m.payload, m.at,
  m.external_id as "externalId", m.status, m.error_code as "errorCode", m.revoked_at as "revokedAt",
  m.accepted_epoch as "acceptedEpoch", m.attempts,
  case when m.removed_at is not null then 'removed' when m.is_covered then 'covered' end as withheld`;

export const findMessage = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<MessageState | undefined> => {
  const { rows } = await sql<MessageState>`select ${stateColumns} from message m
    where m.workspace_id = ${workspaceId} and m.id = ${messageId}`.execute(tx);
  return rows[0];
};

export const lockMessage = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<MessageState | undefined> => {
  const { rows } = await sql<MessageState>`select ${stateColumns} from message m
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} for update`.execute(tx);
  return rows[0];
};

/** So that nobody covers or removes it until the end of the transaction, which copies it. */
export const holdMessage = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<MessageState | undefined> => {
  const { rows } = await sql<MessageState>`select ${stateColumns} from message m
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} for share`.execute(tx);
  return rows[0];
};

/** A stored message by the channel's id of it, within one contact's conversation on that channel. */
export interface ExternalTarget {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly contactId: string;
  readonly externalId: string;
}

export const lockByExternalId = async (
  tx: Tx,
  targets: readonly ExternalTarget[],
): Promise<MessageState[]> => {
  const { rows } = await sql<MessageState>`select ${stateColumns} from message m
      join (select distinct w, ch, contact, ext from unnest(
              ${targets.map((t) => t.workspaceId)}::uuid[], ${targets.map((t) => t.channelId)}::uuid[],
              ${targets.map((t) => t.contactId)}::uuid[], ${targets.map((t) => t.externalId)}::text[]
            ) as u (w, ch, contact, ext)) u
        on m.workspace_id = u.w and m.channel_id = u.ch and m.external_id = u.ext and m.contact_id = u.contact
     order by m.id for update of m`.execute(tx);
  return rows;
};
