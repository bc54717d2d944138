import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';

/** SQL of users, their passwords and sessions: identities of the installation, not of a workspace. */

export interface Membership {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: string;
}

/** Active memberships, oldest first. */
export const findMemberships = (db: Db, userId: string): Promise<Membership[]> =>
  db
    .selectFrom('member')
    .select(['workspace_id as workspaceId', 'id as memberId', 'role'])
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export const hasMembership = async (db: Db, userId: string): Promise<boolean> =>
  (await findMemberships(db, userId)).length > 0;

/** The memberships behind a session's token, and how long it lasts if nobody uses it: one indexed read for each request. */
export const findSessionMemberships = (db: Db, token: string) =>
  db
    .selectFrom('session')
    .innerJoin('member', 'member.user_id', 'session.userId')
    .select([
      'session.userId as userId',
      'member.workspace_id as workspaceId',
      'member.id as memberId',
      'member.role as role',
      sql<number>`(extract(epoch from session."expiresAt" - clock_timestamp()) * 1000)::float8`.as(
        'msLeft',
      ),
    ])
    .where('session.token', '=', token)
    .where('session.expiresAt', '>', sql<Date>`clock_timestamp()`)
    .where('member.removed_at', 'is', null)
    .orderBy('member.created_at')
    .orderBy('member.id')
    .execute();

export const findUserByEmail = (db: Db, email: string) =>
  db.selectFrom('user').select(['id', 'name']).where('email', '=', email).executeTakeFirst();

/** @returns the user of that e-mail, locked, and whether this call made it */
export const insertOrLockUser = async (
  tx: Tx,
  user: { readonly name: string; readonly email: string },
): Promise<{ readonly id: string; readonly isNew: boolean }> => {
  const made = await tx
    .insertInto('user')
    .values({ id: newId(), name: user.name, email: user.email, emailVerified: false })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) {
    return { id: made.id, isNew: true };
  }
  const found = await tx
    .selectFrom('user')
    .select('id')
    .where('email', '=', user.email)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { id: found.id, isNew: false };
};

export const lockUser = async (tx: Tx, userId: string): Promise<void> => {
  await tx.selectFrom('user').select('id').where('id', '=', userId).forNoKeyUpdate().execute();
};

export const findUserOfMember = async (
  db: Db,
  workspaceId: string,
  memberId: string,
): Promise<string | null> => {
  const row = await db
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row?.user_id ?? null;
};

export const findPasswordHash = async (db: Db, userId: string): Promise<string | null> => {
  const row = await db
    .selectFrom('account')
    .select('password')
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
};

export const upsertPassword = async (tx: Tx, userId: string, hash: string): Promise<void> => {
  await tx
    .insertInto('account')
    .values({
      id: newId(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: hash,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['userId', 'providerId'])
        .doUpdateSet({ password: hash, updatedAt: sql`clock_timestamp()` }),
    )
    .execute();
};

/** Ends the user's sessions, all but the one with the token `except`. */
export const deleteSessions = async (
  tx: Tx,
  userId: string,
  except: string | null = null,
): Promise<void> => {
  await tx
    .deleteFrom('session')
    .where('userId', '=', userId)
    .$if(except !== null, (query) => query.where('token', '!=', except ?? ''))
    .execute();
};

export const deleteSession = async (tx: Tx, token: string): Promise<void> => {
  await tx.deleteFrom('session').where('token', '=', token).execute();
};

export const upsertReset = async (
  tx: Tx,
  reset: { readonly userId: string; readonly tokenHash: Buffer; readonly lifetime: string },
): Promise<Date> => {
  const expiresAt = sql<Date>`clock_timestamp() + ${reset.lifetime}::interval`;
  const row = await tx
    .insertInto('password_reset')
    .values({ user_id: reset.userId, token_hash: reset.tokenHash, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ token_hash: reset.tokenHash, expires_at: expiresAt }),
    )
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return row.expires_at;
};

export const findResetUser = async (db: Db, tokenHash: Buffer): Promise<string | null> => {
  const row = await db
    .selectFrom('password_reset')
    .select('user_id')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return row?.user_id ?? null;
};

/** @returns whose it was; null when another request used it first */
export const takeReset = async (tx: Tx, tokenHash: Buffer): Promise<string | null> => {
  const row = await tx
    .deleteFrom('password_reset')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .returning('user_id')
    .executeTakeFirst();
  return row?.user_id ?? null;
};

export const deleteResets = async (tx: Tx, userId: string): Promise<void> => {
  await tx.deleteFrom('password_reset').where('user_id', '=', userId).execute();
};
