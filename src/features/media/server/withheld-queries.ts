import { type RawBuilder, sql } from 'kysely';
import { can } from '#features/accounts/server/index.ts';
import { isBlockRequested } from '#features/gate/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { isCoveredByChoice } from './covers/shown-queries.ts';
import { isAwaitingCover } from './prints/match-store.ts';

/** Why a file is withheld; the code of the answer. */
export type Withholding = 'media-covered' | 'media-withheld';

/** Whether this actor has asked to see the covered file that is called `x` there. */
const hasRevealed = (actor: Actor): RawBuilder<boolean> => sql`exists (
  select 1 from media_reveal r where r.workspace_id = x.workspace_id and r.message_id = x.message_id
     and r.actor_kind = ${actor.kind} and r.actor_id = ${actor.id})`;

/** Covered for this actor until they ask: for everybody as it arrived, or by their own choice. */
export const isCoveredFor = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(x.is_covered or ${isCoveredByChoice(actor)})`;

/** Somebody asked to block who sent it: until that is decided, only those see it who decide. */
const isHeldByRequest = (actor: Actor): RawBuilder<boolean> =>
  can(actor, 'block.decide')
    ? sql<boolean>`false`
    : sql<boolean>`(m.direction = 'in' and ${isBlockRequested('m')})`;

/** Whether this actor reviews, and looked under the cover of the message on purpose. */
const hasLooked = (actor: Actor): RawBuilder<boolean> =>
  can(actor, 'removal.review')
    ? sql<boolean>`(m.is_covered and exists (
        select 1 from cover_reveal v where v.workspace_id = m.workspace_id and v.message_id = m.id
           and v.actor_kind = ${actor.kind} and v.actor_id = ${actor.id}))`
    : sql<boolean>`false`;

/** Its removal is asked for: only who looked is given it until that is decided. */
const isUnderCover = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(m.is_covered and not ${hasLooked(actor)})`;

/**
 * The one place that says from whom a file is withheld: of the media `x` of the message `m` neither bytes nor thumbnail
 * nor a word about them go to this actor while it is not null. Whatever gives files away asks it; whatever else is to
 * withhold them joins it here. What is said beside the file follows `shown_message_to`, by the same rules. What holds for everybody comes before what a press on *Mostrar* lifts. One look under the cover of a
 * request shows what came covered from a stranger too, as long as that request is open.
 */
export const withheldFrom = (
  actor: Actor,
): RawBuilder<Withholding | null> => sql<Withholding | null>`
  case when ${isHeldByRequest(actor)} or ${isUnderCover(actor)} or ${isAwaitingCover} then 'media-withheld'
       when ${isCoveredFor(actor)} and not ${hasRevealed(actor)} and not ${hasLooked(actor)} then 'media-covered' end`;
