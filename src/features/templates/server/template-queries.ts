import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { rowsToRead } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Template, TemplateComponents, TemplateSync } from '../contract.ts';
import type { ChannelRef } from './template-store.ts';

interface TemplateRow extends Omit<Template, keyof TemplateComponents | 'isSendable'> {
  readonly isSupported: boolean;
  readonly components: TemplateComponents;
}

const positionSchema = z.tuple([z.string(), z.string(), z.uuid()]);

const encode = ({ name, language, id }: TemplateRow): string =>
  Buffer.from(JSON.stringify([name, language, id])).toString('base64url');

/** @throws AppError invalid-cursor */
const decode = (cursor: string): z.infer<typeof positionSchema> => {
  try {
    const position = positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (position.some((part) => part.includes('\0') || !part.isWellFormed())) {
      throw new Error('not of ours');
    }
    return position;
  } catch {
    throw new AppError('invalid-cursor', 400);
  }
};

const toTemplate = ({ components, isSupported, ...row }: TemplateRow): Template => ({
  ...row,
  ...components,
  isSendable: row.status === 'approved' && isSupported,
});

export interface TemplateFilter extends ChannelRef {
  readonly search?: string | undefined;
  readonly all: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const conditionsOf = ({ workspaceId, channelId, search, all, cursor }: TemplateFilter) => {
  const parts: RawBuilder<unknown>[] = [
    sql`s.workspace_id = ${workspaceId} and s.channel_id = ${channelId}`,
  ];
  if (!all) {
    parts.push(sql`t.status = 'approved' and t.is_supported`);
  }
  if (search) {
    // Underscores stand for the spaces that a name cannot have.
    const name = search.replaceAll(' ', '_');
    parts.push(sql`(position(fold_text(${name}) in fold_text(t.name)) > 0
      or position(fold_text(${search}) in fold_text(t.components #>> '{body,text}')) > 0
      or position(fold_text(${search}) in fold_text(t.components #>> '{header,text}')) > 0)`);
  }
  if (cursor !== undefined) {
    const [after, language, id] = decode(cursor);
    parts.push(sql`(t.name, t.language, t.id) > (${after}, ${language}, ${id}::uuid)`);
  }
  return sql.join(parts, sql` and `);
};

/** By name and language. @throws AppError invalid-cursor */
export const listTemplates = async (
  db: Db,
  filter: TemplateFilter,
): Promise<{ items: Template[]; nextCursor: string | null }> => {
  const { rows } = await sql<TemplateRow>`
    select t.id, t.name, t.language, t.category, t.status, t.quality, t.components, t.is_supported as "isSupported"
      from template_source s
      join template t on t.workspace_id = s.workspace_id and t.account_ref = s.account_ref
     where ${conditionsOf(filter)}
     order by t.name, t.language, t.id limit ${sql.lit(rowsToRead(filter.limit))}`.execute(db);
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toTemplate),
    nextCursor: rows.length > filter.limit && last !== undefined ? encode(last) : null,
  };
};

export const hasChannel = async (db: Db, { workspaceId, channelId }: ChannelRef) => {
  const { rows } = await sql`select 1 from channel
    where workspace_id = ${workspaceId} and id = ${channelId}`.execute(db);
  return rows.length > 0;
};

/** Of all workspaces. */
export const findAllChannels = async (db: Db): Promise<ChannelRef[]> => {
  const { rows } = await sql<ChannelRef>`
    select workspace_id as "workspaceId", id as "channelId" from channel order by 1, 2`.execute(db);
  return rows;
};

export const findSync = async (db: Db, ref: ChannelRef): Promise<TemplateSync> => {
  const { rows } = await sql<{
    readAt: Date | null;
    failedAt: Date | null;
    failure: string | null;
    unfillable: number;
  }>`
    select read_at as "readAt", failed_at as "failedAt", failure,
           (select count(*)::int from template t
             where t.workspace_id = s.workspace_id and t.account_ref = s.account_ref
               and t.status = 'approved' and not t.is_supported) as "unfillable"
      from template_source s
     where workspace_id = ${ref.workspaceId} and channel_id = ${ref.channelId}`.execute(db);
  const [row] = rows;
  return {
    readAt: row?.readAt?.toISOString() ?? null,
    failedAt: row?.failedAt?.toISOString() ?? null,
    failure: row?.failure ?? null,
    unfillable: row?.unfillable ?? 0,
  };
};
