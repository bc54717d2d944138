import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import { groupCounters, otherCounters, otherErrorCounters } from './counter-names.ts';

/** A number as the database has it: secrets sealed, null when it is disconnected. */
export interface NumberRow {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly name: string;
  readonly displayNumber: string;
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
  readonly accessToken: string | null;
  readonly appSecret: string | null;
  readonly verifyToken: string | null;
  readonly connectedAt: Date | null;
  readonly disconnectedAt: Date | null;
  readonly lastHandshakeAt: Date | null;
  readonly lastWebhookAt: Date | null;
  readonly lastSentAt: Date | null;
  readonly signatureFailures: number;
  readonly lastSignatureFailureAt: Date | null;
  readonly unknownNumbers: number;
  readonly lastUnknownNumberAt: Date | null;
  readonly lastUnknownNumberId: string | null;
  readonly delaySeconds: number | null;
  readonly historyPhase: number | null;
  readonly historyProgress: number | null;
  readonly historyAt: Date | null;
  readonly historyDeclinedAt: Date | null;
  readonly historyAskedAt: Date | null;
  readonly contactsAskedAt: Date | null;
  readonly contactsAt: Date | null;
  readonly partnerRemovedAt: Date | null;
  readonly offboardedAt: Date | null;
  readonly reconnectedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly lastWrittenAt: Date | null;
  readonly counters: readonly { name: string; occurrences: number; lastAt: string }[];
}

/** What is told in one sum each, before any code. */
const shown = [...groupCounters, ...otherCounters, ...otherErrorCounters];
/** More than a channel can have, but for what was counted when names had no bound. */
const mostCounters = 300;

/** All numbers of the workspace, or one; those connected first. */
export const findNumbers = async (
  db: Db,
  workspaceId: string,
  channelId: string | null,
): Promise<NumberRow[]> => {
  const { rows } = await sql<NumberRow>`
    select c.workspace_id as "workspaceId", c.id as "channelId", c.name, c.display_number as "displayNumber",
           coalesce(a.phone_number_id, f.phone_number_id) as "phoneNumberId", a.waba_id as "wabaId",
           a.access_token as "accessToken", a.app_secret as "appSecret", a.verify_token as "verifyToken",
           a.connected_at as "connectedAt", c.disconnected_at as "disconnectedAt",
           h.last_handshake_at as "lastHandshakeAt", h.last_webhook_at as "lastWebhookAt",
           h.last_sent_at as "lastSentAt", coalesce(h.signature_failures, 0)::float8 as "signatureFailures",
           h.last_signature_failure_at as "lastSignatureFailureAt",
           coalesce(h.unknown_numbers, 0)::float8 as "unknownNumbers",
           h.last_unknown_number_at as "lastUnknownNumberAt",
           h.last_unknown_number_id as "lastUnknownNumberId", h.delay_seconds as "delaySeconds",
           h.history_phase as "historyPhase", h.history_progress as "historyProgress", h.history_at as "historyAt",
           h.history_declined_at as "historyDeclinedAt", h.history_asked_at as "historyAskedAt",
           h.contacts_asked_at as "contactsAskedAt", h.contacts_at as "contactsAt",
           h.partner_removed_at as "partnerRemovedAt", h.offboarded_at as "offboardedAt",
           h.reconnected_at as "reconnectedAt", h.checked_at as "checkedAt", h.last_written_at as "lastWrittenAt",
           coalesce((select jsonb_agg(jsonb_build_object('name', k.name, 'occurrences', k.occurrences,
                                                         'lastAt', k.last_at))
              from (select * from channel_counter k
                     where k.workspace_id = c.workspace_id and k.channel_id = c.id
                       and (k.name like 'send-error-%' or k.name like 'channel-error-%' or k.name = any(${shown}))
                     order by k.name = any(${shown}) desc, k.last_at desc limit ${mostCounters}) k), '[]') as counters
      from channel c
      left join whatsapp_account a on a.workspace_id = c.workspace_id and a.channel_id = c.id
      left join whatsapp_former_account f on f.workspace_id = c.workspace_id and f.channel_id = c.id
      left join whatsapp_health h on h.workspace_id = c.workspace_id and h.channel_id = c.id
     where c.workspace_id = ${workspaceId} and c.kind = 'whatsapp'
       and (${channelId}::uuid is null or c.id = ${channelId})
     order by c.disconnected_at nulls first, c.created_at, c.id`.execute(db);
  return rows;
};
