import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { RemovalSettings } from '../contract.ts';

export const putSettings = async (
  tx: Tx,
  workspaceId: string,
  { decideWithinHours, twoPersonReasons }: RemovalSettings,
): Promise<void> => {
  await sql`insert into removal_setting (workspace_id, decide_within_hours, two_person_reasons)
    values (${workspaceId}, ${decideWithinHours}, ${[...new Set(twoPersonReasons)]}::text[])
    on conflict (workspace_id) do update set decide_within_hours = excluded.decide_within_hours,
      two_person_reasons = excluded.two_person_reasons`.execute(tx);
};
