import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import { createSharedRead } from '#platform/server/shared-read.ts';
import type { ConversationCounts } from '../contract.ts';

/** A count reads every open conversation of the workspace: all its screens share one, at most twice a second. */
const pauseMs = 500;

interface CountedRow {
  assigneeId: string | null;
  open: number;
  unread: number;
}

/** Open conversations by who has them, without those of blocked people. */
const countByAssignee = async (db: Db, workspaceId: string): Promise<CountedRow[]> => {
  const { rows } = await sql<CountedRow>`
    select v.assignee_id as "assigneeId", count(*) as open, count(*) filter (where v.unread_count > 0) as unread
      from conversation v
     where v.workspace_id = ${workspaceId} and v.status = 'open' and not exists (
       select 1 from block b where b.workspace_id = v.workspace_id and b.contact_id = v.contact_id
          and ${blockIsActive})
     group by v.assignee_id`.execute(db);
  return rows;
};

const sumOf = (rows: readonly CountedRow[]): ConversationCounts['all'] => ({
  open: rows.reduce((sum, row) => sum + row.open, 0),
  unread: rows.reduce((sum, row) => sum + row.unread, 0),
});

/** The numbers on the tabs, for whoever asks: each screen does so after every change it hears of. */
export const createCounts = (db: Db): ((actor: Actor) => Promise<ConversationCounts>) => {
  const read = createSharedRead((workspaceId) => countByAssignee(db, workspaceId), pauseMs);
  return async (actor) => {
    const rows = await read(actor.workspaceId);
    return {
      mine: sumOf(rows.filter((row) => row.assigneeId === actor.id && actor.id !== null)),
      queue: sumOf(rows.filter((row) => row.assigneeId === null)),
      all: sumOf(rows),
    };
  };
};
