import { sql } from 'kysely';
import { aChannel } from '../../src/features/conversations/server/testing.ts';
import {
  aBlock,
  aBlockRequest,
  aCustomer,
  aLook,
  aMessage,
  aRemovalRequest,
  type History,
  someAttempts,
} from '../../src/features/reports/server/testing/history.ts';
import type { Deps } from '../../src/platform/server/deps.ts';
import type { Team } from './team.ts';

const day = 86_400_000;
const reasons = ['offense', 'sexual', 'discrimination', 'fraud', 'personal-data', 'other'];
const blockReasons = ['sexual-harassment', 'offense', 'spam', 'fraud'];

const historyOf = async ({ db }: Deps, { administrator }: Team): Promise<History> => {
  const { rows } = await sql<{ id: string }>`
    select workspace_id as id from member where id = ${administrator.id}`.execute(db);
  return { db, workspaceId: rows[0]?.id ?? '', memberId: administrator.id };
};

const channelsOf = async ({ db, workspaceId }: History): Promise<string[]> => {
  const other = await aChannel(db, workspaceId);
  await sql`update channel set name = 'Pós-venda' where id = ${other.channelId}`.execute(db);
  const { rows } = await sql<{ id: string }>`
    select id from channel where workspace_id = ${workspaceId} order by name`.execute(db);
  return rows.map(({ id }) => id);
};

/** Twenty-four requests, six blocks and what belongs to them, over the last fourteen days, on two numbers. */
export const tellHistory = async (deps: Deps, team: Team): Promise<void> => {
  const past = await historyOf(deps, team);
  const channels = await channelsOf(past);
  const at = (daysAgo: number, minutes = 0) =>
    new Date(Date.now() - daysAgo * day + minutes * 60_000).toISOString();
  for (let n = 0; n < 24; n += 1) {
    const channelId = channels[n % 3 === 0 ? 0 : 1] ?? '';
    const { contactId, conversationIds } = await aCustomer(past, [channelId]);
    const ago = 1 + ((n * 7) % 13);
    await aRemovalRequest(past, {
      ...{ number: n + 1, channelId, contactId, at: at(ago), tookMs: 12 + n },
      reason: reasons[(n * n) % reasons.length] ?? 'other',
      ...(n < 22 && { decidedAfter: 12 + n * 9 }),
    });
    const messageId = await aMessage(past, conversationIds[0] ?? '', at(ago), n + 1);
    if (n % 2 === 0) await aLook(past, { messageId, at: at(ago, 1) });
    await aLook(past, { messageId, at: at(ago, 2), action: 'removals.revealed' });
    if (n % 4 !== 0) continue;
    const blockId = await aBlock(past, {
      ...{ contactId, at: at(ago, 30), reason: blockReasons[(n / 4) % 4] ?? 'other' },
      ...(n === 8 && { liftedAt: at(ago, 600) }),
    });
    await someAttempts(past, blockId, 3 + n, [at(ago, 40), at(ago, 900)]);
    await aBlockRequest(past, { contactId, at: at(ago, 5), blockId, decidedAfter: 25 + n });
  }
};
