import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Role } from '#platform/shared/role.ts';

/** SQL of workspaces and their members that writes, or reads inside a decision. */

export interface NewWorkspace {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

export const insertWorkspace = async (tx: Tx, workspace: NewWorkspace): Promise<void> => {
  await tx
    .insertInto('workspace')
    .values({
      id: workspace.id,
      name: workspace.name,
      locale: workspace.locale,
      time_zone: workspace.timeZone,
    })
    .execute();
};

/** Who changes the people of a workspace queues here, so that the last administrator stays. */
export const lockWorkspace = async (tx: Tx, workspaceId: string): Promise<void> => {
  await tx
    .selectFrom('workspace')
    .select('id')
    .where('id', '=', workspaceId)
    .forNoKeyUpdate()
    .execute();
};

/** Held until the end of the transaction: one set-up at a time in the whole installation. */
export const lockSetup = async (tx: Tx): Promise<void> => {
  // Processes that start together wait for the one that fills a demonstration, however long that takes.
  await sql`select set_config('lock_timeout', '0', true)`.execute(tx);
  await sql`select pg_advisory_xact_lock(hashtextextended('guarita-setup', 0))`.execute(tx);
};

export interface NewMember {
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly locale: string | null;
}

/** @returns undefined when the user is in the workspace already */
export const insertMember = async (
  tx: Tx,
  member: NewMember,
): Promise<{ readonly id: string; readonly createdAt: Date } | undefined> => {
  const id = newId();
  const row = await tx
    .insertInto('member')
    .values({
      workspace_id: member.workspaceId,
      id,
      user_id: member.userId,
      name: member.name,
      role: member.role,
      locale: member.locale,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'user_id']).where('removed_at', 'is', null).doNothing(),
    )
    .returning('created_at')
    .executeTakeFirst();
  return row === undefined ? undefined : { id, createdAt: row.created_at };
};

export const findActiveMember = (tx: Tx, workspaceId: string, id: string) =>
  tx
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select([
      'member.id as id',
      'member.user_id as userId',
      'member.name as name',
      'member.role as role',
      'member.created_at as createdAt',
      'user.email as email',
    ])
    .where('member.workspace_id', '=', workspaceId)
    .where('member.id', '=', id)
    .where('member.removed_at', 'is', null)
    .executeTakeFirst();

/**
 * Whoever changes the role waits from here on, or was waited for.
 * @returns undefined for a person who was taken out
 */
export const holdRole = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<string | undefined> => {
  const row = await tx
    .selectFrom('member')
    .select('role')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row?.role;
};

/** Call it with the workspace locked. */
export const countAdministrators = async (tx: Tx, workspaceId: string): Promise<number> => {
  const row = await tx
    .selectFrom('member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'administrator')
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
};

export interface MemberChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly locale?: string | null | undefined;
}

export const changeMember = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  change: MemberChange,
): Promise<void> => {
  const { name, role, locale } = change;
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(locale === undefined ? {} : { locale }),
  };
  if (Object.keys(set).length === 0) {
    return;
  }
  await tx
    .updateTable('member')
    .set(set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
};

export const markRemoved = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await tx
    .updateTable('member')
    .set({ removed_at: sql`clock_timestamp()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
};

export interface WorkspaceChange {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly locale?: string | undefined;
}

export const changeWorkspace = async (
  tx: Tx,
  workspaceId: string,
  change: WorkspaceChange,
): Promise<void> => {
  const set = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
    ...(change.locale === undefined ? {} : { locale: change.locale }),
  };
  if (Object.keys(set).length > 0) {
    await tx.updateTable('workspace').set(set).where('id', '=', workspaceId).execute();
  }
};

export const upsertSetupCode = async (tx: Tx, codeHash: Buffer): Promise<void> => {
  await tx
    .insertInto('setup_code')
    .values({ code_hash: codeHash })
    .onConflict((conflict) =>
      conflict
        .column('only_row')
        .doUpdateSet({ code_hash: codeHash, created_at: sql`clock_timestamp()` }),
    )
    .execute();
};

export const deleteSetupCode = async (tx: Tx): Promise<void> => {
  await tx.deleteFrom('setup_code').execute();
};
