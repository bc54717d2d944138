import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** SQL of endpoints. */

export interface NewEndpoint {
  readonly workspaceId: string;
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly sealedSecret: string;
}

export const insertEndpoint = async (tx: Tx, endpoint: NewEndpoint): Promise<void> => {
  await sql`insert into webhook_endpoint (workspace_id, id, url, event_types, secret)
    values (${endpoint.workspaceId}, ${endpoint.id}, ${endpoint.url}, ${[...endpoint.events]}::text[],
            ${endpoint.sealedSecret})`.execute(tx);
};

/** Those of one workspace are added one after another. @returns how many it has */
export const countEndpoints = async (tx: Tx, workspaceId: string): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('webhook-endpoints:' || ${workspaceId}, 0))`.execute(
    tx,
  );
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from webhook_endpoint where workspace_id = ${workspaceId}`.execute(tx);
  return Number(rows[0]?.count ?? 0);
};

export interface LockedEndpoint {
  readonly url: string;
  readonly isOn: boolean;
  readonly sealedSecret: string;
}

export const lockEndpoint = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<LockedEndpoint | undefined> => {
  const { rows } = await sql<LockedEndpoint>`
    select url, is_on as "isOn", secret as "sealedSecret" from webhook_endpoint
     where workspace_id = ${workspaceId} and id = ${id} for no key update`.execute(tx);
  return rows[0];
};

export const setEndpoint = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  change: { readonly url: string | null; readonly events: readonly string[] | null },
): Promise<void> => {
  await sql`update webhook_endpoint set url = coalesce(${change.url}, url),
      event_types = coalesce(${change.events === null ? null : [...change.events]}::text[], event_types)
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

export const switchOn = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`update webhook_endpoint set is_on = true, off_cause = null, failing_since = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

/** What waits for it ends as failed, and can be sent again by hand. */
export const switchOff = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  cause: 'person' | 'failing' | 'gone',
): Promise<void> => {
  await sql`update webhook_endpoint set is_on = false, off_cause = ${cause}
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  await sql`
    with mine as (
      select d.id from webhook_delivery d
       where d.workspace_id = ${workspaceId} and d.endpoint_id = ${id} and d.state = 'waiting'
       order by d.id for update)
    update webhook_delivery d
       set state = 'failed', ended_at = clock_timestamp(),
           attempts = attempts || jsonb_build_array(jsonb_build_object(
             'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'ms', 0, 'status', null, 'error', 'endpoint-off'))
      from mine where d.workspace_id = ${workspaceId} and d.id = mine.id`.execute(tx);
};

export const setSecret = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  secrets: { readonly sealed: string; readonly former: string; readonly formerHours: number },
): Promise<void> => {
  await sql`update webhook_endpoint set secret = ${secrets.sealed}, former_secret = ${secrets.former},
      former_secret_until = clock_timestamp() + make_interval(hours => ${secrets.formerHours})
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

/** With all that was to be told there. */
export const deleteEndpoint = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`delete from webhook_endpoint where workspace_id = ${workspaceId} and id = ${id}`.execute(
    tx,
  );
};

/**
 * Something arrived, or did not.
 * @returns whether nothing has for `days`, and it is on
 */
export const noteArrival = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  { hasArrived, days }: { readonly hasArrived: boolean; readonly days: number },
): Promise<boolean> => {
  if (hasArrived) {
    await sql`update webhook_endpoint set failing_since = null
      where workspace_id = ${workspaceId} and id = ${id} and failing_since is not null`.execute(tx);
    return false;
  }
  const { rows } = await sql<{ isHopeless: boolean }>`
    update webhook_endpoint set failing_since = coalesce(failing_since, clock_timestamp())
     where workspace_id = ${workspaceId} and id = ${id}
    returning is_on and failing_since < clock_timestamp() - make_interval(days => ${days}) as "isHopeless"`.execute(
    tx,
  );
  return rows[0]?.isHopeless ?? false;
};
