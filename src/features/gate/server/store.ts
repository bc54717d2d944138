import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import type { BlockReason } from '../contract.ts';
import { moveClaimsOfContact } from './claim-store.ts';
import type { BlockSpan } from './decide.ts';

interface SpanRow extends BlockSpan {
  readonly workspaceId: string;
}

/**
 * Every block of these contacts. A statement of its own, after the lock: one that also locked would read the blocks by
 * an older snapshot (docs/gate.md, clock).
 */
export const findSpans = async (
  tx: Db | Tx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<SpanRow[]> => {
  if (contacts.length === 0) {
    return [];
  }
  const { rows } = await sql<SpanRow>`
    select b.workspace_id as "workspaceId", b.id as "blockId", b.contact_id as "contactId",
           b.started_at as "startedAt",
           case when b.lifted_at is null and b.expires_at > clock_timestamp() then null
                else least(b.lifted_at, b.expires_at) end as "endedAt",
           ${blockIsActive} as "isActive"
      from unnest(${contacts.map((c) => c.workspaceId)}::uuid[], ${contacts.map((c) => c.contactId)}::uuid[]) as u (w, k)
      join block b on b.workspace_id = u.w and b.contact_id = u.k
     order by b.started_at`.execute(tx);
  return rows;
};

export const findDroppedHashes = async (
  tx: Tx,
  items: readonly { workspaceId: string; hash: Buffer }[],
): Promise<Set<string>> => {
  if (items.length === 0) {
    return new Set();
  }
  const { rows } = await sql<{ hash: Buffer }>`
    select d.item_hash as hash
      from unnest(${items.map((i) => i.workspaceId)}::uuid[], ${items.map((i) => i.hash)}::bytea[]) as u (w, h)
      join dropped_item d on d.workspace_id = u.w and d.item_hash = u.h`.execute(tx);
  return new Set(rows.map((row) => row.hash.toString('hex')));
};

export interface Attempt {
  readonly workspaceId: string;
  readonly blockId: string;
  readonly kind: string;
  readonly hash: Buffer;
  /** Not counted, it is remembered all the same: what was dropped stays dropped. */
  readonly isCounted: boolean;
}

/** Remembers the hashes and adds to the counters; an item whose hash is known adds nothing. */
export const countAttempts = async (tx: Tx, attempts: readonly Attempt[]): Promise<void> => {
  if (attempts.length === 0) {
    return;
  }
  await sql`
    with item as (
      select distinct on (w, h) w, b, k, h, c
        from unnest(${attempts.map((a) => a.workspaceId)}::uuid[], ${attempts.map((a) => a.blockId)}::uuid[],
                    ${attempts.map((a) => a.kind)}::text[], ${attempts.map((a) => a.hash)}::bytea[],
                    ${attempts.map((a) => a.isCounted)}::boolean[]) as u (w, b, k, h, c)
       order by w, h
    ), fresh as (
      insert into dropped_item (workspace_id, item_hash) select w, h from item order by w, h
      on conflict do nothing returning workspace_id, item_hash
    ), counted as (
      select i.w, i.b, i.k, count(*) as n
        from item i join fresh f on f.workspace_id = i.w and f.item_hash = i.h
       where i.c group by i.w, i.b, i.k order by i.b, i.k
    ), total as (
      insert into block_attempt_total as t (workspace_id, block_id, is_open, attempts, last_at)
      select c.w, c.b, b.is_open, sum(c.n), clock_timestamp()
        from counted c join block b on b.workspace_id = c.w and b.id = c.b
       group by c.w, c.b, b.is_open order by c.b
      on conflict (workspace_id, block_id) do update
         set attempts = t.attempts + excluded.attempts, last_at = excluded.last_at
    )
    insert into block_attempt as a (workspace_id, block_id, kind, attempts, first_at, last_at)
    select w, b, k, n, clock_timestamp(), clock_timestamp() from counted
    on conflict (workspace_id, block_id, kind) do update
       set attempts = a.attempts + excluded.attempts, last_at = excluded.last_at`.execute(tx);
};

export interface OpenBlock {
  readonly id: string;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly expiresAt: Date | null;
  readonly upstream: boolean;
  readonly isActive: boolean;
  /** Somebody other than who made it has said so too, or changed it. */
  readonly isConfirmed: boolean;
}

/** The block nobody lifted yet, whether or not the clock has ended it. */
export const findOpenBlock = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<OpenBlock | undefined> => {
  const { rows } = await sql<OpenBlock>`
    select b.id, b.reason, b.note, b.expires_at as "expiresAt", b.upstream, ${blockIsActive} as "isActive",
           b.confirmed_at is not null as "isConfirmed"
      from block b
     where b.workspace_id = ${workspaceId} and b.contact_id = ${contactId} and b.lifted_at is null`.execute(
    tx,
  );
  return rows[0];
};

/** By the database's clock, which also ends the block. */
export const isInFuture = async (tx: Tx, at: Date): Promise<boolean> => {
  const { rows } = await sql<{ isLater: boolean }>`
    select ${at}::timestamptz > clock_timestamp() as "isLater"`.execute(tx);
  return rows[0]?.isLater ?? false;
};

export const updateBlock = async (
  tx: Tx,
  workspaceId: string,
  blockId: string,
  values: { reason: BlockReason; note: string | null; expiresAt: Date | null; upstream: boolean },
): Promise<void> => {
  await sql`update block set reason = ${values.reason}, note = ${values.note}, expires_at = ${values.expiresAt},
       upstream = ${values.upstream}
    where workspace_id = ${workspaceId} and id = ${blockId}`.execute(tx);
};

/** Somebody changes it or says it again. Whoever made it confirms nothing by that; an import that is undone leaves it all the same. */
export const noteConfirmed = async (tx: Tx, by: Actor, blockId: string): Promise<void> => {
  await sql`update block set touched_at = clock_timestamp(),
           confirmed_at = case when confirmed_at is null
             and (started_by_kind, started_by) is distinct from (${by.kind}::text, ${by.id}::uuid)
             then clock_timestamp() else confirmed_at end
    where workspace_id = ${by.workspaceId} and id = ${blockId}`.execute(tx);
};

/** Somebody else's word, or another person's block, keeps whom these keep out: an import that is undone leaves them. */
export const noteTouched = async (
  tx: Tx,
  workspaceId: string,
  blockIds: readonly string[],
): Promise<void> => {
  await sql`update block set touched_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = any(${[...blockIds]}::uuid[])`.execute(tx);
};

/** By a person: ends now (never before it began, which is kept in whole milliseconds). By the clock: when it was to end. */
export const liftBlock = async (
  tx: Tx,
  workspaceId: string,
  blockId: string,
  by: Actor | 'clock',
): Promise<void> => {
  await sql`update block_attempt_total set is_open = false
    where workspace_id = ${workspaceId} and block_id = ${blockId}`.execute(tx);
  await (by === 'clock'
    ? sql`update block set lifted_at = expires_at, lifted_by_kind = 'system'
        where workspace_id = ${workspaceId} and id = ${blockId}`
    : sql`update block set lifted_at = greatest(clock_timestamp(), started_at), lifted_by_kind = ${by.kind}, lifted_by = ${by.id}
        where workspace_id = ${workspaceId} and id = ${blockId}`
  ).execute(tx);
};

/** Moves what is remembered of the contact's blocks and claims to the contact it was merged into. */
export const moveBlocks = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => {
  await sql`update block set contact_id = ${to}
    where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
  await moveClaimsOfContact(tx, workspaceId, from, to);
};

export interface JoinedEpochs {
  readonly kept: number;
  readonly other: number;
  /** Unlike any epoch that either had. */
  readonly joined: number;
}

/** Two contacts become one: epochs that were counted apart must not be taken for one another (gate.md, epoch). */
export const joinEpochs = async (
  tx: Tx,
  workspaceId: string,
  keepId: string,
  otherId: string,
): Promise<JoinedEpochs> => {
  const { rows } = await sql<JoinedEpochs>`
    with before as (
      select k.block_epoch as kept, o.block_epoch as other from contact k, contact o
       where k.workspace_id = ${workspaceId} and k.id = ${keepId}
         and o.workspace_id = ${workspaceId} and o.id = ${otherId}
    )
    update contact c set block_epoch = greatest(before.kept, before.other) + 1
      from before where c.workspace_id = ${workspaceId} and c.id = ${keepId}
    returning before.kept, before.other, c.block_epoch as joined`.execute(tx);
  if (rows[0] === undefined) {
    throw new Error('contacts that were just locked are not there');
  }
  return rows[0];
};

/**
 * Outbound facts, read after the contacts are locked.
 * @param sharers contacts that left behind an identity this one has now: blocked, they still block it
 */
export const findOutboundFacts = async (
  tx: Db | Tx,
  workspaceId: string,
  contactId: string,
  sharers: readonly string[],
): Promise<{ isBlocked: boolean; epoch: number } | undefined> => {
  const { rows } = await sql<{ isBlocked: boolean; epoch: number }>`
    select c.block_epoch as epoch, exists (
             select 1 from block b
              where b.workspace_id = c.workspace_id and b.contact_id = any(${[contactId, ...sharers]}::uuid[])
                and ${blockIsActive}) as "isBlocked"
      from contact c
     where c.workspace_id = ${workspaceId} and c.id = ${contactId} and c.merged_into is null and c.erased_at is null`.execute(
    tx,
  );
  return rows[0];
};

/**
 * What the gate remembers longer than it must: dropped ids, and changes of number of nobody we know, after 8 days, ended claims
 * after one; 30 days after their last block what
 * kept erased people out, so that nothing sent during it comes in late.
 */
export const forgetOldTraces = async (tx: Tx): Promise<void> => {
  await sql`delete from dropped_item where dropped_at < clock_timestamp() - interval '8 days'`.execute(
    tx,
  );
  await sql`delete from early_change where noted_at < clock_timestamp() - interval '8 days'`.execute(
    tx,
  );
  await sql`delete from dispatch_claim where ended_at < clock_timestamp() - interval '1 day'`.execute(
    tx,
  );
  await sql`delete from awaited_identity a using contact c
     where c.workspace_id = a.workspace_id and c.id = a.contact_id and c.erased_at is not null
       and not exists (select 1 from block b
             where b.workspace_id = c.workspace_id and b.contact_id = c.id
               and least(b.lifted_at, b.expires_at, 'infinity') > clock_timestamp() - interval '30 days')`.execute(
    tx,
  );
};
