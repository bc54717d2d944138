import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { joinCall } from './call-progress.ts';
import type { ReceivedRow } from './message-store.ts';
import { recordOf } from './read-payload.ts';

interface StoredCall {
  readonly workspaceId: string;
  readonly id: string;
  readonly channelId: string;
  readonly externalId: string;
  readonly payload: unknown;
}

const lockCalls = async (tx: Tx, told: readonly ReceivedRow[]): Promise<StoredCall[]> => {
  const { rows } = await sql<StoredCall>`
    select m.workspace_id as "workspaceId", m.id, m.channel_id as "channelId", m.external_id as "externalId", m.payload
      from message m
      join (select distinct w, ch, conv, contact, ext, direction from unnest(
              ${told.map((x) => x.workspaceId)}::uuid[], ${told.map((x) => x.channelId)}::uuid[],
              ${told.map((x) => x.conversationId)}::uuid[], ${told.map((x) => x.contactId)}::uuid[],
              ${told.map((x) => x.externalId)}::text[], ${told.map((x) => x.direction)}::text[]
            ) as u (w, ch, conv, contact, ext, direction)) u
        on m.workspace_id = u.w and m.channel_id = u.ch and m.external_id = u.ext
       and m.conversation_id = u.conv and m.contact_id = u.contact and m.direction = u.direction
     where m.kind = 'call'
     order by m.id for update of m`.execute(tx);
  return rows;
};

/**
 * Takes what is told of calls that are known already into their one message. Place and time stay. The caller took the rows
 * from their proofs.
 * @returns those whose message says something else now, under the ids that are stored
 */
export const updateCalls = async (tx: Tx, told: readonly ReceivedRow[]): Promise<ReceivedRow[]> => {
  if (told.length === 0) {
    return [];
  }
  const changed = (await lockCalls(tx, told)).flatMap((stored) => {
    const own = told.filter(
      ({ channelId, externalId }) =>
        channelId === stored.channelId && externalId === stored.externalId,
    );
    const before = recordOf(stored.payload);
    const payload = own.reduce((known, row) => joinCall(known, row.payload), before);
    const [row] = own;
    return row === undefined || isDeepStrictEqual(payload, before)
      ? []
      : [{ ...row, id: stored.id, payload }];
  });
  if (changed.length > 0) {
    await sql`update message m set payload = u.payload
      from unnest(${changed.map((x) => x.workspaceId)}::uuid[], ${changed.map((x) => x.id)}::uuid[],
                  ${changed.map((x) => JSON.stringify(x.payload))}::jsonb[]) as u (w, id, payload)
     where m.workspace_id = u.w and m.id = u.id`.execute(tx);
  }
  return changed;
};
