import { sql } from 'kysely';

/**
 * Whether the message `m` may stand in a list: lines of the team, reactions and what was refused when it was accepted never
 * moved a conversation along (send-message.ts).
 */
export const isListed = sql<boolean>`m.direction <> 'internal' and m.kind <> 'reaction'
  and (m.error_code is distinct from 'contact-blocked' or m.accepted_epoch is not null)`;
