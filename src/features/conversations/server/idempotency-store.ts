import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { RepeatTransactionError } from '#platform/server/errors.ts';

export interface IdempotencyKey {
  readonly workspaceId: string;
  readonly actorId: string;
  readonly key: string;
}

/** What a key stands for already. */
export interface KnownKey {
  readonly messageId: string;
  readonly isSameRequest: boolean;
  /** What a request about several conversations was answered. */
  readonly answer: unknown;
}

export const findKey = async (
  tx: Tx,
  key: IdempotencyKey,
  requestHash: Buffer,
): Promise<KnownKey | undefined> => {
  const { rows } = await sql<KnownKey>`
    select message_id as "messageId", request_hash = ${requestHash} as "isSameRequest", answer from idempotency_key
     where workspace_id = ${key.workspaceId} and actor_id = ${key.actorId} and key = ${key.key}`.execute(
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

/** A key is good for a day. */
export const forgetKeys = async (tx: Tx): Promise<void> => {
  await sql`delete from idempotency_key where created_at < clock_timestamp() - interval '1 day'`.execute(
    tx,
  );
};
