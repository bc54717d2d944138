import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import { createSharedRead } from '#platform/server/shared-read.ts';
import type { ConversationCounts } from '../contract.ts';

/** A count reads every open conversation of the workspace: all its screens share one, at most twice a second. */
const pauseMs = 500;

interface CountedRow {
  assigneeId: string | null;
  channelId: string;
  open: number;
  unread: number;
}

/** The same, of contacts whose block somebody asked for: one row for each who did. */
interface AskedRow extends CountedRow {
  askerId: string;
}

interface Counted {
  all: CountedRow[];
  asked: AskedRow[];
}

const isNotBlocked = sql`not exists (
  select 1 from block b where b.workspace_id = v.workspace_id and b.contact_id = v.contact_id and ${blockIsActive})`;

/** Open conversations by who has them and by number, without those of blocked people. */
const countByAssignee = async (db: Db, workspaceId: string): Promise<CountedRow[]> => {
  const { rows } = await sql<CountedRow>`
    select v.assignee_id as "assigneeId", v.channel_id as "channelId", count(*) as open,
           count(*) filter (where v.unread_count > 0) as unread
      from conversation v
     where v.workspace_id = ${workspaceId} and v.status = 'open' and ${isNotBlocked}
     group by v.assignee_id, v.channel_id`.execute(db);
  return rows;
};

/** Out of the counters of those who asked for a block: a few conversations at any time. */
const countByAsker = async (db: Db, workspaceId: string): Promise<AskedRow[]> => {
  const { rows } = await sql<AskedRow>`
    select s.asker_id as "askerId", v.assignee_id as "assigneeId", v.channel_id as "channelId", count(*) as open,
           count(*) filter (where v.unread_count > 0) as unread
      from block_request q
      join block_request_asker s on s.workspace_id = q.workspace_id and s.request_id = q.id
      join conversation v on v.workspace_id = q.workspace_id and v.contact_id = q.contact_id
     where q.workspace_id = ${workspaceId} and q.state = 'open' and v.status = 'open' and ${isNotBlocked}
     group by s.asker_id, v.assignee_id, v.channel_id`.execute(db);
  return rows;
};

const sumOf = (
  rows: readonly CountedRow[],
  asked: readonly CountedRow[],
  isCounted: (row: CountedRow) => boolean,
): ConversationCounts['all'] => {
  const sum = (key: 'open' | 'unread', of: readonly CountedRow[]): number =>
    of.filter(isCounted).reduce((total, row) => total + row[key], 0);
  // Read one after the other: what arrived in between is never counted below none.
  const left = (key: 'open' | 'unread') => Math.max(0, sum(key, rows) - sum(key, asked));
  return { open: left('open'), unread: left('unread') };
};

/** The counters of the tabs, of one number of ours or of all. */
export type CountConversations = (actor: Actor, channelId?: string) => Promise<ConversationCounts>;

/** For whoever asks: each screen does so after every change it hears of. */
export const createCounts = (db: Db): CountConversations => {
  const read = createSharedRead(
    async (workspaceId): Promise<Counted> => ({
      all: await countByAssignee(db, workspaceId),
      asked: await countByAsker(db, workspaceId),
    }),
    pauseMs,
  );
  return async (actor, channelId) => {
    const counted = await read(actor.workspaceId);
    const isWanted = (row: CountedRow) => channelId === undefined || row.channelId === channelId;
    const all = counted.all.filter(isWanted);
    const own = counted.asked.filter((row) => row.askerId === actor.id && isWanted(row));
    return {
      mine: sumOf(all, own, (row) => row.assigneeId === actor.id && actor.id !== null),
      queue: sumOf(all, own, (row) => row.assigneeId === null),
      all: sumOf(all, own, () => true),
      blockRequested: { open: own.reduce((sum, row) => sum + row.open, 0) },
    };
  };
};
