import { sql } from 'kysely';
import type { TestApp } from './test-app.ts';
import type { TestWorkspace } from './test-workspace.ts';

/**
 * People on WhatsApp's list who are not blocked here, as a reading of it leaves them.
 * @returns their ids as differences
 */
export const listedStrangers = async (
  app: TestApp,
  of: TestWorkspace,
  count: number,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    insert into upstream_stranger (workspace_id, channel_id, phone)
    select ${of.id}::uuid, ${of.number.channelId}::uuid, '55118' || (70000000 + n)
      from generate_series(1, ${count}::int) n
    returning id`.execute(app.deps.db);
  return rows.map(({ id }) => id);
};
