import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { DecisionReason } from '../../reasons/contract.ts';

export interface NamePlace {
  readonly conversationId: string | null;
  readonly channelId: string | null;
}

/** Where a request about a name stands: in the conversation in which something happened last; nowhere when there is none. */
export const findNamePlace = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<NamePlace> => {
  const { rows } = await sql<NamePlace>`
    select id as "conversationId", channel_id as "channelId" from conversation
     where workspace_id = ${workspaceId} and contact_id = ${contactId}
     order by last_activity_at desc, id desc limit 1`.execute(tx);
  return rows[0] ?? { conversationId: null, channelId: null };
};

export const insertNameItem = async (
  tx: Tx,
  workspaceId: string,
  item: { readonly requestId: string; readonly contactId: string; readonly askerId: string },
): Promise<void> => {
  await sql`insert into removal_name (workspace_id, request_id, contact_id, asker_id)
    values (${workspaceId}, ${item.requestId}, ${item.contactId}, ${item.askerId}::uuid)`.execute(
    tx,
  );
};

/** Of a request about a name: the contact that has it now, a merge heeded. Undefined for one about messages. */
export const findNamed = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<{ namedId: string; contactId: string } | undefined> => {
  const { rows } = await sql<{ namedId: string; contactId: string }>`
    select n.contact_id as "namedId", coalesce(c.merged_into, c.id) as "contactId"
      from removal_name n join contact c on c.workspace_id = n.workspace_id and c.id = n.contact_id
     where n.workspace_id = ${workspaceId} and n.request_id = ${requestId}`.execute(tx);
  return rows[0];
};

export const proposeName = async (tx: Tx, actor: Actor, requestId: string): Promise<void> => {
  await sql`update removal_name set proposed_by = ${actor.id}::uuid, proposed_at = clock_timestamp()
     where workspace_id = ${actor.workspaceId} and request_id = ${requestId} and state = 'open'`.execute(
    tx,
  );
};

export const endName = async (
  tx: Tx,
  actor: Actor,
  requestId: string,
  {
    state,
    answer,
    reason,
  }: {
    readonly state: 'removed' | 'kept';
    readonly answer: string | null;
    readonly reason?: DecisionReason;
  },
): Promise<void> => {
  await sql`update removal_name
       set state = ${state}, decided_at = clock_timestamp(), decided_by_kind = ${actor.kind},
           decided_by = ${actor.id}::uuid, answer = ${answer}, decided_for = ${reason ?? null}
     where workspace_id = ${actor.workspaceId} and request_id = ${requestId} and state = 'open'`.execute(
    tx,
  );
};

/** @returns whether it still waits: for the second who must say so */
export const isNameOpen = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from removal_name
    where workspace_id = ${workspaceId} and request_id = ${requestId} and state = 'open'`.execute(
    tx,
  );
  return rows.length > 0;
};

/** Other requests whose name has just gone with this one: merges had made one contact of them. */
export const findNamesGoneElsewhere = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select n.request_id as id from removal_name n
     where n.workspace_id = ${workspaceId} and n.state = 'open' and n.request_id <> ${requestId} and not exists (
       select 1 from name_cover k where k.workspace_id = n.workspace_id and k.request_id = n.request_id)
     order by n.request_id`.execute(tx);
  return rows.map(({ id }) => id);
};
