import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { Attempt } from '../contract.ts';
import type { Lane } from './job-names.ts';

/** SQL of deliveries. */

/** Until the end of the transaction nobody else takes or ends a turn at this endpoint. */
export const lockTurns = async (tx: Tx, { endpointId }: Lane): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('webhook:' || ${endpointId}, 0))`.execute(
    tx,
  );
};

/** What is under way at this endpoint, and when the first of them is taken for dead. */
export const findTurns = async (
  tx: Tx,
  { workspaceId, endpointId }: Lane,
): Promise<{ readonly count: number; readonly firstUntil: Date | null }> => {
  const { rows } = await sql<{ count: number; firstUntil: Date | null }>`
    select count(*)::int as count, min(leased_until) as "firstUntil" from webhook_delivery
     where workspace_id = ${workspaceId} and endpoint_id = ${endpointId}
       and state = 'sending' and leased_until > clock_timestamp()`.execute(tx);
  return rows[0] ?? { count: 0, firstUntil: null };
};

/** The lane of this endpoint whose first has been due for longest, if any is due. */
export const findDueLane = async (
  tx: Tx,
  { workspaceId, endpointId }: Lane,
): Promise<Lane | undefined> => {
  const { rows } = await sql<Lane>`
    select d.workspace_id as "workspaceId", d.endpoint_id as "endpointId", d.lane from webhook_delivery d
     where d.workspace_id = ${workspaceId} and d.endpoint_id = ${endpointId} and d.state in ('waiting', 'sending')
       and coalesce(d.leased_until, d.next_attempt_at) <= clock_timestamp()
       and not exists (select 1 from webhook_delivery before
         where before.workspace_id = d.workspace_id and before.endpoint_id = d.endpoint_id and before.lane = d.lane
           and before.state in ('waiting', 'sending') and before.seq < d.seq)
     order by coalesce(d.leased_until, d.next_attempt_at) limit 1`.execute(tx);
  return rows[0];
};

/** The first of a lane that has not come to its end, with all that is needed to send it. */
export interface LaneHead {
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly data: object;
  readonly at: Date;
  readonly attemptCount: number;
  readonly url: string;
  readonly isOn: boolean;
  /** The last that was sent there did not arrive. */
  readonly isFailing: boolean;
  readonly sealedSecret: string;
  /** Null when there is none that still signs. */
  readonly sealedFormer: string | null;
  /** Until when it is not its turn: it waits, or a process is at it. */
  readonly waitsUntil: Date | null;
  /** A process had its turn and was not heard of since. */
  readonly wasLeft: boolean;
}

export const findLaneHead = async (
  tx: Tx,
  { workspaceId, endpointId, lane }: Lane,
): Promise<LaneHead | undefined> => {
  const { rows } = await sql<LaneHead>`
    select d.id, d.event_id as "eventId", v.type, v.data, v.at, d.attempt_count as "attemptCount",
           e.url, e.is_on as "isOn", e.failing_since is not null as "isFailing", e.secret as "sealedSecret",
           case when e.former_secret_until > clock_timestamp() then e.former_secret end as "sealedFormer",
           case when coalesce(d.leased_until, d.next_attempt_at) > clock_timestamp()
                then coalesce(d.leased_until, d.next_attempt_at) end as "waitsUntil",
           d.state = 'sending' as "wasLeft"
      from webhook_delivery d
      join webhook_endpoint e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
      join webhook_event v on v.workspace_id = d.workspace_id and v.id = d.event_id
     where d.workspace_id = ${workspaceId} and d.endpoint_id = ${endpointId} and d.lane = ${lane}
       and d.state in ('waiting', 'sending')
     order by d.seq limit 1`.execute(tx);
  return rows[0];
};

/** Takes the turn. */
export const leaseDelivery = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  lease: { readonly id: string; readonly ms: number; readonly note: readonly Attempt[] },
): Promise<void> => {
  await sql`update webhook_delivery set state = 'sending', lease_id = ${lease.id},
      leased_until = clock_timestamp() + ${lease.ms} * interval '1 millisecond',
      attempt_count = attempt_count + 1, attempts = attempts || ${JSON.stringify(lease.note)}::jsonb
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

/** Whether this turn is still its own; it changes under the lock of turns alone. */
export const holdsLease = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  leaseId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from webhook_delivery
    where workspace_id = ${workspaceId} and id = ${id} and lease_id = ${leaseId}`.execute(tx);
  return rows.length > 0;
};

/** It has come to its end, or waits for another try. */
export const endAttempt = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  attempt: Attempt,
  then: 'delivered' | 'failed' | { readonly againInMs: number },
): Promise<void> => {
  const state = typeof then === 'string' ? then : 'waiting';
  const waitMs = typeof then === 'string' ? 0 : then.againInMs;
  await sql`update webhook_delivery set state = ${state}, lease_id = null, leased_until = null,
      attempts = attempts || ${JSON.stringify([attempt])}::jsonb,
      next_attempt_at = clock_timestamp() + ${waitMs} * interval '1 millisecond',
      ended_at = case when ${state} = 'waiting' then null else clock_timestamp() end
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

export interface DeliveryPlace extends Lane {
  readonly eventId: string;
  readonly state: 'waiting' | 'sending' | 'delivered' | 'failed';
  readonly isOn: boolean;
}

export const lockDelivery = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<DeliveryPlace | undefined> => {
  const { rows } = await sql<DeliveryPlace>`
    select d.workspace_id as "workspaceId", d.endpoint_id as "endpointId", d.lane,
           d.event_id as "eventId", d.state, e.is_on as "isOn"
      from webhook_delivery d
      join webhook_endpoint e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
     where d.workspace_id = ${workspaceId} and d.id = ${id} for update of d`.execute(tx);
  return rows[0];
};

export const bringForward = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`update webhook_delivery set next_attempt_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

export const insertResend = async (tx: Tx, of: DeliveryPlace, id: string): Promise<void> => {
  await sql`insert into webhook_delivery (workspace_id, id, event_id, endpoint_id, lane, is_resend)
    values (${of.workspaceId}, ${id}, ${of.eventId}, ${of.endpointId}, ${of.lane}, true)`.execute(
    tx,
  );
};

/** Of each endpoint one whose turn came long ago and that no job has looked at: it brings the others. */
export const findForgottenLanes = async (tx: Tx): Promise<Lane[]> => {
  const { rows } = await sql<Lane>`
    select distinct on (workspace_id, endpoint_id) workspace_id as "workspaceId", endpoint_id as "endpointId", lane
      from webhook_delivery
     where state in ('waiting', 'sending')
       and coalesce(leased_until, next_attempt_at) < clock_timestamp() - interval '10 minutes'
     order by workspace_id, endpoint_id, coalesce(leased_until, next_attempt_at)`.execute(tx);
  return rows;
};
