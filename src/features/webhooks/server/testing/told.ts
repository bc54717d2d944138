import { sql } from 'kysely';
import type { Actor, Db, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { webhookEventTypes } from '../../contract.ts';
import { createEndpoint } from '../create-endpoint.ts';

/** From here on every event of the workspace is written down, for an address that no test asks. */
export const listenToAll = async (deps: Deps, admin: Actor): Promise<void> => {
  const input = { url: 'https://hooks.example/all', events: webhookEventTypes };
  await inTx(deps, admin, (ctx) => createEndpoint(ctx, input, true));
};

export interface ToldEvent {
  readonly type: string;
  readonly contactId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What listeners of the workspace are told, in order; of these kinds, or of all. */
export const eventsOf = async (
  db: Db,
  workspaceId: string,
  types: readonly string[] = webhookEventTypes,
): Promise<ToldEvent[]> => {
  const { rows } = await sql<ToldEvent>`
    select type, data #>> '{contact,id}' as "contactId", data from webhook_event
     where workspace_id = ${workspaceId} and type = any(${[...types]}::text[]) order by at, id`.execute(
    db,
  );
  return rows;
};
