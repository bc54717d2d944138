import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

/** SQL of API keys. */

export const findLiveKey = (db: Db, secretHash: Buffer) =>
  db
    .selectFrom('api_key')
    .select([
      'id',
      'workspace_id as workspaceId',
      'role',
      'scopes',
      sql<boolean>`coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)`.as(
        'isUseStale',
      ),
    ])
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();

/** Written at most once a minute, and by one of the requests that come together. */
export const markKeyUsed = async (db: Db, workspaceId: string, id: string): Promise<void> => {
  await db
    .updateTable('api_key')
    .set({ last_used_at: sql`clock_timestamp()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where(sql<boolean>`coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)`)
    .execute();
};

export interface NewKey {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly prefix: string;
  readonly secretHash: Buffer;
  readonly createdBy: string;
}

export const insertKey = async (tx: Tx, key: NewKey): Promise<Date> => {
  const row = await tx
    .insertInto('api_key')
    .values({
      workspace_id: key.workspaceId,
      id: key.id,
      name: key.name,
      role: key.role,
      scopes: [...key.scopes],
      prefix: key.prefix,
      secret_hash: key.secretHash,
      created_by: key.createdBy,
    })
    .returning('created_at')
    .executeTakeFirstOrThrow();
  return row.created_at;
};

/** @returns false when there is no such live key in the workspace */
export const revokeKey = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
  const row = await tx
    .updateTable('api_key')
    .set({ revoked_at: sql`clock_timestamp()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

/** The live keys that this member made, oldest first. */
export const findLiveKeysOf = (tx: Tx, workspaceId: string, memberId: string) =>
  tx
    .selectFrom('api_key')
    .select(['id', 'role', 'scopes'])
    .where('workspace_id', '=', workspaceId)
    .where('created_by', '=', memberId)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute();
