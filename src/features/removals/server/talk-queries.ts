import { type RawBuilder, sql } from 'kysely';
import { can, rolesWith, scopesFor } from '#features/accounts/server/index.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import type { RemovalComment } from '../contract.ts';

interface CommentRow {
  id: string;
  /** Who of the team it was, whoever only asked is not told. */
  isNamed: boolean;
  kind: NonNullable<RemovalComment['author']>['kind'];
  authorId: string;
  authorName: string | null;
  text: string;
  at: Date;
}

/** More than two sides say to each other about a few messages. */
const mostComments = 500;

/** The comment called `k` is the actor's own. */
const isOwnComment = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(k.author_kind = ${actor.kind} and k.author_id = ${actor.id}::uuid)`;

const review = 'removal.review';

/** The author of the comment called `k` is of those who review, by what they are now. */
const isOfReviewer = sql<boolean>`(exists (
    select 1 from member r where k.author_kind = 'member' and r.workspace_id = k.workspace_id and r.id = k.author_id
       and r.role = any(${rolesWith(review)}::text[]))
  or exists (
    select 1 from api_key r where k.author_kind = 'api-key' and r.workspace_id = k.workspace_id and r.id = k.author_id
       and r.role = any(${rolesWith(review)}::text[]) and r.scopes @> ${scopesFor([review])}::text[]))`;

/**
 * Of the comment called `k`: whoever only asked reads their own and the team's, also of one of the team who asked as well, and
 * learns of nobody else who asked.
 */
export const isToldComment = (actor: Actor): RawBuilder<boolean> =>
  can(actor, review)
    ? sql<boolean>`true`
    : sql<boolean>`(${isOwnComment(actor)} or ${isOfReviewer} or not exists (
        select 1 from removal_asker s where s.workspace_id = k.workspace_id and s.request_id = k.request_id
           and s.asker_kind = k.author_kind and s.asker_id = k.author_id))`;

/** The newest, oldest first, as far as the reader is told of them. Whether they may see the request is asked before. */
export const listComments = async (
  db: Db,
  actor: Actor,
  requestId: string,
): Promise<RemovalComment[]> => {
  const { rows } = await sql<CommentRow>`
    select k.id, ${can(actor, review) ? sql`true` : isOwnComment(actor)} as "isNamed", k.author_kind as kind, k.author_id as "authorId", coalesce(m.name, a.name) as "authorName", k.text, k.at
      from removal_comment k
      left join member m on m.workspace_id = k.workspace_id and m.id = k.author_id
      left join api_key a on a.workspace_id = k.workspace_id and a.id = k.author_id
     where k.workspace_id = ${actor.workspaceId} and k.request_id = ${requestId} and ${isToldComment(actor)}
     order by k.at desc, k.id desc limit ${sql.lit(mostComments)}`.execute(db);
  return rows.reverse().map(({ id, isNamed, kind, authorId, authorName, text, at }) => ({
    id,
    author: isNamed ? { kind, id: authorId, name: authorName ?? '—' } : null,
    text,
    at: at.toISOString(),
  }));
};

/** So many on each side of an item. */
const mostAround = 8;

/** The messages around one, as far as their ids go; nothing when it is no item of the request. */
export const findAround = async (
  db: Db,
  workspaceId: string,
  requestId: string,
  messageId: string,
): Promise<string[]> => {
  const side = (isBefore: boolean) => sql`(
    select o.id from shown_message o
     where o.workspace_id = m.workspace_id and o.conversation_id = m.conversation_id and o.kind <> 'reaction'
       and ${isBefore ? sql`(o.at, o.id) < (m.at, m.id)` : sql`(o.at, o.id) > (m.at, m.id)`}
     order by ${isBefore ? sql`o.at desc, o.id desc` : sql`o.at, o.id`} limit ${sql.lit(mostAround)})`;
  const { rows } = await sql<{ id: string }>`
    select x.id from removal_item i
      join shown_message m on m.workspace_id = i.workspace_id and m.id = i.message_id
      cross join lateral (select m.id union all ${side(true)} union all ${side(false)}) x
     where i.workspace_id = ${workspaceId} and i.request_id = ${requestId} and i.message_id = ${messageId}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
};
