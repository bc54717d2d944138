import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

export interface NewEvent {
  readonly workspaceId: string;
  readonly id: string;
  readonly type: string;
  readonly lane: string;
  readonly data: object;
  /** Under the same key nothing is told twice. */
  readonly onceKey: string | null;
}

/**
 * The event and a delivery for each endpoint that listens to it, in one statement; nothing where none does.
 * @returns the endpoints that will be told
 */
export const insertForListeners = async (tx: Tx, event: NewEvent): Promise<string[]> => {
  const { rows } = await sql<{ endpointId: string }>`
    with listening as (
      select id from webhook_endpoint
       where workspace_id = ${event.workspaceId} and is_on and ${event.type} = any(event_types)
         for key share
    ), event as (
      insert into webhook_event (workspace_id, id, type, once_key, data)
      select ${event.workspaceId}, ${event.id}, ${event.type}, ${event.onceKey}, ${JSON.stringify(event.data)}::jsonb
       where exists (select from listening)
      on conflict (workspace_id, once_key) do nothing
      returning id
    )
    insert into webhook_delivery (workspace_id, id, event_id, endpoint_id, lane)
    select ${event.workspaceId}, gen_random_uuid(), event.id, listening.id, ${event.lane}
      from event, listening
    returning endpoint_id as "endpointId"`.execute(tx);
  return rows.map(({ endpointId }) => endpointId);
};

/** Whether anybody would be told of this. */
export const isListenedTo = async (tx: Tx, workspaceId: string, type: string): Promise<boolean> => {
  const { rows } = await sql`select from webhook_endpoint
    where workspace_id = ${workspaceId} and is_on and ${type} = any(event_types) limit 1`.execute(
    tx,
  );
  return rows.length > 0;
};

/** An event for one endpoint alone. @returns the delivery's id */
export const insertForOne = async (
  tx: Tx,
  event: NewEvent,
  endpointId: string,
  deliveryId: string,
): Promise<void> => {
  await sql`
    with event as (
      insert into webhook_event (workspace_id, id, type, data)
      values (${event.workspaceId}, ${event.id}, ${event.type}, ${JSON.stringify(event.data)}::jsonb)
      returning id
    )
    insert into webhook_delivery (workspace_id, id, event_id, endpoint_id, lane)
    select ${event.workspaceId}, ${deliveryId}, event.id, ${endpointId}, ${event.lane} from event`.execute(
    tx,
  );
};

/** What is older than `days` and has come to its end at every endpoint. */
export const deleteOldEvents = async (tx: Tx, days: number): Promise<void> => {
  await sql`delete from webhook_event e where e.at < clock_timestamp() - make_interval(days => ${days})
    and not exists (select from webhook_delivery d
      where d.workspace_id = e.workspace_id and d.event_id = e.id and d.state in ('waiting', 'sending'))`.execute(
    tx,
  );
};
