import { decodeCursor, encodeCursor, type Page } from '#platform/server/cursor.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { roleSchema } from '#platform/shared/role.ts';
import {
  type ApiKey,
  type Colleague,
  localeSchema,
  type Me,
  type Member,
  scopes,
} from '../contract.ts';
import { rightsOf } from './permissions.ts';

interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Ids are made in order of time, so a page goes on after the id where the one before ended. */
const pageAfterId = <T extends { readonly id: string; readonly createdAt: string }>(
  items: T[],
  limit: number,
): Page<T> => {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  const hasMore = items.length > limit && last !== undefined;
  return {
    items: page,
    nextCursor: hasMore ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
};

const readProfile = async (db: Db, actor: Actor) => {
  if (actor.kind === 'member') {
    return db
      .selectFrom('member')
      .innerJoin('user', 'user.id', 'member.user_id')
      .select(['member.name as name', 'user.email as email', 'member.locale as locale'])
      .where('member.workspace_id', '=', actor.workspaceId)
      .where('member.id', '=', actor.id)
      .where('member.removed_at', 'is', null)
      .executeTakeFirst();
  }
  const key = await db
    .selectFrom('api_key')
    .select('name')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', actor.id)
    .executeTakeFirst();
  return key === undefined ? undefined : { name: key.name, email: null, locale: null };
};

const readWorkspace = (db: Db, id: string) =>
  db
    .selectFrom('workspace')
    .select(['id', 'name', 'time_zone as timeZone', 'locale'])
    .where('id', '=', id)
    .executeTakeFirst();

/** @throws AppError unauthenticated (401) when the actor lost its place since the request began */
export const readMe = async (db: Db, actor: Actor): Promise<Me> => {
  const profile = await readProfile(db, actor);
  const workspace = await readWorkspace(db, actor.workspaceId);
  if (profile === undefined || workspace === undefined) {
    throw new AppError('unauthenticated', 401);
  }
  return {
    memberId: actor.kind === 'member' ? actor.id : null,
    name: profile.name,
    email: profile.email,
    role: actor.role,
    rights: rightsOf(actor),
    locale: localeSchema.nullable().parse(profile.locale),
    workspace: { ...workspace, locale: localeSchema.parse(workspace.locale) },
  };
};

export const listColleagues = async (db: Db, workspaceId: string): Promise<Colleague[]> => {
  const rows = await db
    .selectFrom('member')
    .select(['id', 'name', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy((eb) => eb.fn('lower', ['name']))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, role: roleSchema.parse(row.role) }));
};

export const listMembers = async (
  db: Db,
  workspaceId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<Member>> => {
  const after = cursor === undefined ? undefined : decodeCursor(cursor).id;
  const rows = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select([
      'member.id as id',
      'member.name as name',
      'member.role as role',
      'member.created_at as createdAt',
      'user.email as email',
    ])
    .where('member.workspace_id', '=', workspaceId)
    .where('member.removed_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('member.id', '>', after ?? ''))
    .orderBy('member.id')
    .limit(limit + 1)
    .execute();
  const items = rows.map((row) => ({
    ...row,
    role: roleSchema.parse(row.role),
    createdAt: row.createdAt.toISOString(),
  }));
  return pageAfterId(items, limit);
};

/** Keys that still open the door. */
export const listApiKeys = async (
  db: Db,
  workspaceId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<ApiKey>> => {
  const after = cursor === undefined ? undefined : decodeCursor(cursor).id;
  const rows = await db
    .selectFrom('api_key')
    .select(['id', 'name', 'role', 'scopes', 'prefix', 'created_at', 'last_used_at'])
    .where('workspace_id', '=', workspaceId)
    .where('revoked_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: roleSchema.parse(row.role),
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    prefix: row.prefix,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }));
  return pageAfterId(items, limit);
};

/** An active member of the workspace, for whoever assigns or mentions one; null for anybody else. */
export const findMember = async (
  db: Db,
  workspaceId: string,
  id: string,
): Promise<Colleague | null> => {
  const row = await db
    .selectFrom('member')
    .select(['id', 'name', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, role: roleSchema.parse(row.role) };
};

/** Names by member id, those of removed people too: what they did keeps their name. */
export const memberNames = async (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
};

/** Whether anybody set this installation up. */
export const hasWorkspace = async (db: Db): Promise<boolean> => {
  const row = await db.selectFrom('workspace').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
};

export const findSetupCodeHash = async (db: Db): Promise<Buffer | null> => {
  const row = await db.selectFrom('setup_code').select('code_hash').executeTakeFirst();
  return row?.code_hash ?? null;
};
