import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';

/**
 * What has happened in a workspace, put at moments that a test can reckon with. Rows as the product writes them; that it
 * writes them so is for the tests of what writes them.
 */
export interface History {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly db: Db;
}

/** A person with a conversation on each of these channels. */
export const aCustomer = async (
  { db, workspaceId }: History,
  channelIds: readonly string[],
): Promise<{ contactId: string; conversationIds: string[] }> => {
  const contactId = newId();
  await sql`insert into contact (workspace_id, id, profile_name) values (${workspaceId}, ${contactId}, 'Ana')`.execute(
    db,
  );
  const conversationIds: string[] = [];
  for (const channelId of channelIds) {
    const id = newId();
    await sql`insert into conversation (workspace_id, id, contact_id, channel_id)
      values (${workspaceId}, ${id}, ${contactId}, ${channelId})`.execute(db);
    conversationIds.push(id);
  }
  return { contactId, conversationIds };
};

/** @param removal number of the request that took it out */
export const aMessage = async (
  { db, workspaceId }: History,
  conversationId: string,
  at: string,
  removal: number | null = null,
): Promise<string> => {
  const id = newId();
  await sql`
    insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at,
                         removed_at, removal_number)
    select workspace_id, ${id}, id, contact_id, channel_id, 'in', 'text', 'received', ${at}::timestamptz,
           case when ${removal}::int is not null then ${at}::timestamptz end, ${removal}
      from conversation where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(db);
  return id;
};

interface RequestFacts {
  readonly number: number;
  readonly channelId: string;
  readonly contactId: string;
  readonly at: string;
  readonly reason: string;
  /** Minutes until the last decision; absent: nobody has decided. */
  readonly decidedAfter?: number;
  /** Minutes until it is late. */
  readonly dueAfter?: number;
  /** Milliseconds until all was covered; null: nobody measured. */
  readonly tookMs?: number | null;
  readonly isAtSight?: boolean;
  readonly isSuggested?: boolean;
}

export const aRemovalRequest = async (
  { db, workspaceId, memberId }: History,
  facts: RequestFacts,
): Promise<string> => {
  const id = newId();
  const { decidedAfter = null, dueAfter = 1_440, tookMs = 100 } = facts;
  await sql`
    insert into removal_request (workspace_id, id, number, contact_id, conversation_id, channel_id, state, opened_at,
                                 begun_at, due_at, is_at_sight, decided_at, finished_at)
    values (${workspaceId}, ${id}, ${facts.number}, ${facts.contactId}, ${newId()}, ${facts.channelId},
            ${decidedAfter === null ? 'open' : 'removed'}, ${facts.at}::timestamptz,
            ${facts.at}::timestamptz - make_interval(secs => ${tookMs}::float8 / 1000),
            ${facts.at}::timestamptz + make_interval(mins => ${dueAfter}), ${facts.isAtSight ?? false},
            ${facts.at}::timestamptz + make_interval(mins => ${decidedAfter}::int),
            ${facts.at}::timestamptz + make_interval(mins => ${decidedAfter}::int))`.execute(db);
  const askers = [
    { kind: facts.isSuggested ? 'system' : 'member', reason: facts.reason, after: 0 },
    // Who joins later counts for nothing.
    { kind: 'api-key', reason: 'fraud', after: 3 },
  ];
  for (const { kind, reason, after } of askers) {
    await sql`insert into removal_asker (workspace_id, request_id, asker_kind, asker_id, reason, asked_at)
      values (${workspaceId}, ${id}, ${kind}, ${memberId}, ${reason},
              ${facts.at}::timestamptz + make_interval(secs => ${after}))`.execute(db);
  }
  return id;
};

interface BlockFacts {
  readonly contactId: string;
  readonly at: string;
  readonly reason?: string;
  readonly cause?: string;
  readonly until?: string;
  readonly liftedAt?: string;
  readonly liftedBy?: 'member' | 'system';
}

export const aBlock = async (
  { db, workspaceId, memberId }: History,
  facts: BlockFacts,
): Promise<string> => {
  const id = newId();
  const { reason = 'offense', cause = 'manual', until = null, liftedAt = null } = facts;
  await sql`
    insert into block (workspace_id, id, contact_id, reason, cause, started_at, started_by_kind, started_by, expires_at,
                       lifted_at, lifted_by_kind)
    values (${workspaceId}, ${id}, ${facts.contactId}, ${reason}, ${cause}, ${facts.at}, 'member', ${memberId},
            ${until}, ${liftedAt}, ${liftedAt === null ? null : (facts.liftedBy ?? 'member')})`.execute(
    db,
  );
  return id;
};

export const someAttempts = async (
  { db, workspaceId }: History,
  blockId: string,
  attempts: number,
  [first, last]: readonly [string, string],
): Promise<void> => {
  await sql`insert into block_attempt (workspace_id, block_id, kind, attempts, first_at, last_at)
    values (${workspaceId}, ${blockId}, 'text', ${attempts}, ${first}, ${last})`.execute(db);
  await sql`insert into block_attempt_total (workspace_id, block_id, is_open, attempts, last_at)
    select workspace_id, id, is_open, ${attempts}, ${last} from block where id = ${blockId}`.execute(
    db,
  );
};

interface BlockRequestFacts {
  readonly contactId: string;
  readonly at: string;
  readonly blockId?: string;
  readonly decidedAfter?: number;
  readonly isLate?: boolean;
}

export const aBlockRequest = async (
  { db, workspaceId, memberId }: History,
  facts: BlockRequestFacts,
): Promise<void> => {
  const id = newId();
  const { blockId = null, decidedAfter = null } = facts;
  const state = decidedAfter === null ? 'open' : blockId === null ? 'refused' : 'approved';
  await sql`
    insert into block_request (workspace_id, id, contact_id, state, opened_at, due_at, brought_up_count, decided_at,
                               decided_by_kind, block_id)
    values (${workspaceId}, ${id}, ${facts.contactId}, ${state}, ${facts.at}::timestamptz,
            clock_timestamp() + interval '1 hour', ${facts.isLate ? 1 : 0},
            ${facts.at}::timestamptz + make_interval(mins => ${decidedAfter}::int),
            ${decidedAfter === null ? null : 'member'}, ${blockId})`.execute(db);
  await sql`insert into block_request_asker (workspace_id, request_id, asker_kind, asker_id, reason, asked_at)
    values (${workspaceId}, ${id}, 'member', ${memberId}, 'sexual-harassment', ${facts.at})`.execute(
    db,
  );
};

interface LookFacts {
  readonly messageId: string;
  readonly at: string;
  readonly who?: string;
  readonly action?: 'media.revealed' | 'removals.revealed';
  readonly kind?: 'member' | 'api-key';
}

/** Somebody asked to see. */
export const aLook = async ({ db, workspaceId }: History, facts: LookFacts): Promise<void> => {
  const { who = newId(), action = 'media.revealed', kind = 'member' } = facts;
  await sql`insert into audit_event (workspace_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id)
    values (${workspaceId}, ${newId()}, ${facts.at}, ${kind}, ${who}, ${action}, 'message', ${facts.messageId})`.execute(
    db,
  );
};
