import { sql } from 'kysely';
import { can } from '#features/accounts/server/index.ts';
import {
  blockIsActive,
  displayName,
  type NameRow,
  nameColumns,
} from '#features/contacts/server/index.ts';
import { shownTo } from '#features/media/server/index.ts';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import { plainWords } from '#platform/shared/formatted-text.ts';
import type { FoundMessage, MessageKind } from '../contract.ts';
import { saidBeside } from './said-words.ts';
import { excerptOf, phoneTyped, searchWords, toTsQuery } from './search-words.ts';
import { summaryOf } from './summary.ts';

interface FoundRow extends NameRow {
  id: string;
  conversationId: string;
  contactId: string;
  isBlocked: boolean;
  direction: 'in' | 'out';
  kind: MessageKind;
  text: string | null;
  payload: Record<string, unknown>;
  at: Date;
}

export interface MessageSearch {
  readonly query: string;
  readonly conversationId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const toFound =
  (words: readonly string[]) =>
  (row: FoundRow): FoundMessage => ({
    id: row.id,
    conversationId: row.conversationId,
    contactId: row.contactId,
    contactName: displayName(row),
    isBlocked: row.isBlocked,
    direction: row.direction,
    type: row.kind,
    at: row.at.toISOString(),
    excerpt: excerptOf(
      [
        row.text && plainWords(row.text),
        summaryOf(row.kind, row.payload),
        row.payload['address'],
        ...saidBeside(row.payload),
      ]
        .filter((part) => typeof part === 'string')
        .join(' · '),
      words,
    ),
  });

const isBlocked = sql<boolean>`exists (
  select 1 from block b where b.workspace_id = m.workspace_id and b.contact_id = m.contact_id
     and ${blockIsActive} offset 0)`;

/**
 * Messages by their words, newest first. What blocked people wrote is found only by those who may see the blocked
 * conversations themselves; what was taken back or is withheld, by nobody, and what came
 * with covered media only by whoever asked to see it.
 */
export const searchMessages = async (
  db: Db,
  actor: Actor,
  search: MessageSearch,
): Promise<Page<FoundMessage>> => {
  const { workspaceId } = actor;
  const words = searchWords(search.query);
  if (words.length === 0) {
    return { items: [], nextCursor: null };
  }
  const parts = [
    sql`s.workspace_id = ${workspaceId}`,
    sql`m.direction <> 'internal' and m.revoked_at is null and m.kind <> 'reaction' and m.withheld is null
      and not m.is_media_withheld`,
    sql`s.words @@ to_tsquery('pg_catalog.portuguese', ${toTsQuery(words, phoneTyped(search.query))})`,
  ];
  if (!can(actor, 'block.see-details')) {
    parts.push(sql`not ${isBlocked}`);
  }
  if (search.conversationId !== undefined) {
    parts.push(sql`m.conversation_id = ${search.conversationId}`);
  }
  if (search.channelId !== undefined) {
    parts.push(sql`m.channel_id = ${search.channelId}`);
  }
  if (search.cursor !== undefined) {
    const { at, id } = decodeCursor(search.cursor);
    parts.push(sql`(m.at, m.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await sql<FoundRow>`
    select m.id, m.conversation_id as "conversationId", m.contact_id as "contactId",
           ${nameColumns},
           ${isBlocked} as "isBlocked", m.direction, m.kind, m.text, m.payload, m.at
      from (select m.* from message_search s
              join ${shownTo(actor)} m on m.workspace_id = s.workspace_id and m.id = s.message_id
             where ${sql.join(parts, sql` and `)}
             order by m.at desc, m.id desc limit ${sql.lit(rowsToRead(search.limit))}) m
      join contact c on c.workspace_id = m.workspace_id and c.id = m.contact_id
     order by m.at desc, m.id desc`.execute(db);
  return toPage(rows, search.limit, ({ at, id }) => ({ at, id }), toFound(words));
};
