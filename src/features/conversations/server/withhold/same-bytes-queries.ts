import { sql } from 'kysely';
import { displayName, type NameRow, nameColumns } from '#features/contacts/server/index.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import { family } from './lineage-queries.ts';

/** A message with the very bytes of another; nothing of what it says. */
export interface SameBytes {
  readonly messageId: string;
  readonly conversationId: string;
  readonly contactName: string;
  readonly direction: 'in' | 'out' | 'internal';
  readonly at: Date;
}

/**
 * For each named message the others with its very bytes, by chance or on purpose. Copies that were forwarded are not among
 * them, they go along; nor is what was sent of a template, whose file is ours.
 */
const sameBytes = (workspaceId: string, ids: readonly string[]) => sql`
  ${family(workspaceId, ids)},
  same (named, id) as (
    select u.id, o.message_id
      from unnest(${[...ids]}::uuid[]) as u (id)
      join message_media x on x.workspace_id = ${workspaceId} and x.message_id = u.id
      join message_media o on o.workspace_id = x.workspace_id and o.sha256 = x.sha256
     where not exists (select 1 from down where down.named = u.id and down.id = o.message_id))`;

export const listSameBytes = async (
  db: Db,
  workspaceId: string,
  messageId: string,
  limit: number,
): Promise<SameBytes[]> => {
  const { rows } = await sql<NameRow & Omit<SameBytes, 'contactName'>>`
    with ${sameBytes(workspaceId, [messageId])}
    select m.id as "messageId", m.conversation_id as "conversationId", ${nameColumns}, m.direction, m.at
      from same
      join message m on m.workspace_id = ${workspaceId} and m.id = same.id and m.kind <> 'template'
      join contact c on c.workspace_id = m.workspace_id and c.id = m.contact_id
     order by m.at desc, m.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({
    messageId: row.messageId,
    conversationId: row.conversationId,
    contactName: displayName(row),
    direction: row.direction,
    at: row.at,
  }));
};

/**
 * @param together messages that are decided about in the same place: none of them counts for another
 * @returns how many by named message; none for those that have none
 */
export const countSameBytes = async (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  together: readonly (readonly string[])[] = [],
): Promise<Map<string, number>> => {
  const placed = together.flatMap((some, place) => some.map((id) => ({ id, place })));
  const { rows } = await sql<{ id: string; n: number }>`
    with ${sameBytes(workspaceId, ids)},
    placed (id, place) as (
      select * from unnest(${placed.map(({ id }) => id)}::uuid[], ${placed.map(({ place }) => place)}::int[]))
    select same.named as id, count(*)::int as n from same
      join message m on m.workspace_id = ${workspaceId} and m.id = same.id and m.kind <> 'template'
     where not exists (
       select 1 from placed a join placed b on b.place = a.place where a.id = same.named and b.id = same.id)
     group by same.named`.execute(db);
  return new Map(rows.map(({ id, n }) => [id, n]));
};

/** Of the ticked ones those that have the bytes of none of the named. */
export const findOfOtherBytes = async (
  tx: Tx,
  workspaceId: string,
  named: readonly string[],
  ticked: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select u.id from unnest(${[...ticked]}::uuid[]) as u (id)
     where not exists (
       select 1 from message_media x
         join message_media o on o.workspace_id = x.workspace_id and o.sha256 = x.sha256
         join message m on m.workspace_id = o.workspace_id and m.id = o.message_id and m.kind <> 'template'
        where x.workspace_id = ${workspaceId} and x.message_id = any(${[...named]}::uuid[]) and o.message_id = u.id)`.execute(
    tx,
  );
  return rows.map((row) => row.id);
};

/** Of what a request covers: how many copies by forwarding each named message has. */
export const countCopies = async (
  db: Db,
  workspaceId: string,
  requestId: string,
): Promise<Map<string, number>> => {
  const { rows } = await sql<{ id: string; n: number }>`
    select named_message_id as id, count(*)::int as n from message_cover
     where workspace_id = ${workspaceId} and request_id = ${requestId} and message_id <> named_message_id
     group by 1`.execute(db);
  return new Map(rows.map(({ id, n }) => [id, n]));
};
