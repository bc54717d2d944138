import { sql } from 'kysely';

/**
 * Whether a block holds now: by the database's clock, which ends it without anybody writing that down (G9). Expects the
 * table `block` under the alias `b`. The gate decides by it; what is on screen may only show it.
 */
export const blockIsActive = sql<boolean>`(b.lifted_at is null and (b.expires_at is null or b.expires_at > clock_timestamp()))`;
