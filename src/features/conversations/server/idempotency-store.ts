import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { RepeatTransactionError } from '#platform/server/errors.ts';

export interface IdempotencyKey {
  readonly workspaceId: string;
  readonly actorId: string;
  readonly key: string;
}

/** A key that nobody can read any more: what a removal leaves of it. */
export type HideKey = (key: Pick<IdempotencyKey, 'actorId' | 'key'>) => string;

/** What a key stands for already. */
export interface KnownKey {
  readonly messageId: string;
  readonly isSameRequest: boolean;
  /** What a request about several conversations was answered. */
  readonly answer: unknown;
}

/** @param hiddenKey the same key as `hideKeys` leaves it; of what was asked nothing is known then, and it is taken as the same */
export const findKey = async (
  tx: Tx,
  key: IdempotencyKey,
  hiddenKey: string,
  requestHash: Buffer,
): Promise<KnownKey | undefined> => {
  const { rows } = await sql<KnownKey>`
    select message_id as "messageId", request_hash in (${requestHash}, '') as "isSameRequest", answer from idempotency_key
     where workspace_id = ${key.workspaceId} and actor_id = ${key.actorId} and key in (${key.key}, ${hiddenKey})`.execute(
    tx,
  );
  return rows[0];
};

/**
 * Binds a request's key to the message it makes, or to the one it is about and to what it was answered; waits for a
 * request under the same key that is still open.
 * @throws RepeatTransactionError when that one has won: the repeat finds its message
 */
export const rememberKey = async (
  tx: Tx,
  key: IdempotencyKey,
  requestHash: Buffer,
  messageId: string,
  answer: unknown = null,
): Promise<void> => {
  const { numAffectedRows } = await sql`
    insert into idempotency_key (workspace_id, actor_id, key, request_hash, message_id, answer)
    values (${key.workspaceId}, ${key.actorId}, ${key.key}, ${requestHash}, ${messageId},
            ${answer === null ? null : JSON.stringify(answer)}::jsonb)
    on conflict do nothing`.execute(tx);
  if ((numAffectedRows ?? 0n) === 0n) {
    throw new RepeatTransactionError('another request under this key was faster');
  }
};

/**
 * Leaves of the keys of these messages what answers a repeat, so that nothing is sent a second time: nothing of the content, and
 * not the words of the key either.
 */
export const hideKeys = async (
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
  hide: HideKey,
): Promise<void> => {
  const { rows } = await sql<{ actorId: string; key: string }>`
    select actor_id as "actorId", key from idempotency_key
     where workspace_id = ${workspaceId} and message_id = any(${[...messageIds]}::uuid[]) and request_hash <> ''
     order by actor_id, key for update`.execute(tx);
  await sql`update idempotency_key k set key = u.hidden, request_hash = ''
      from unnest(${rows.map(({ actorId }) => actorId)}::uuid[], ${rows.map(({ key }) => key)}::text[],
                  ${rows.map(hide)}::text[]) as u (actor, key, hidden)
     where k.workspace_id = ${workspaceId} and k.actor_id = u.actor and k.key = u.key`.execute(tx);
};

/** A key is good for a day. */
export const forgetKeys = async (tx: Tx): Promise<void> => {
  await sql`delete from idempotency_key where created_at < clock_timestamp() - interval '1 day'`.execute(
    tx,
  );
};
