import { sql } from 'kysely';
import { countOnChannels } from '#features/conversations/server/index.ts';
import type { Db } from '#platform/server/deps.ts';
import { errorCounter } from './counter-names.ts';
import type { AccountNews } from './read-account-news.ts';

/** What one process saw of one number since it last wrote. */
export interface Sighting {
  readonly workspaceId: string;
  readonly channelId: string;
  handshakeAt: Date | null;
  webhookAt: Date | null;
  sentAt: Date | null;
  signatureFailures: number;
  signatureFailureAt: Date | null;
  unknownNumbers: number;
  unknownNumberAt: Date | null;
  unknownNumberId: string | null;
  delaySeconds: number | null;
  /** By WhatsApp's code; `other` where there were too many at once. */
  readonly errors: Map<number | 'other', number>;
  /** The furthest chunk of an import. */
  history: { phase: number; progress: number; at: Date } | null;
  historyDeclinedAt: Date | null;
  /** Entries of the phone's address book. */
  contactsAt: Date | null;
  /** When the newest message was written, by WhatsApp's clock. */
  writtenAt: Date | null;
  /** The latest of each kind and phone. */
  readonly accountNews: Map<string, AccountNews>;
}

const saveOne = async (db: Db, s: Sighting): Promise<void> => {
  await sql`insert into whatsapp_health as h
      (workspace_id, channel_id, last_handshake_at, last_webhook_at, last_sent_at, signature_failures,
       last_signature_failure_at, unknown_numbers, last_unknown_number_at, last_unknown_number_id,
       delay_seconds, delay_at, contacts_at, last_written_at)
    select workspace_id, id, ${s.handshakeAt}, ${s.webhookAt}, ${s.sentAt}, ${s.signatureFailures},
           ${s.signatureFailureAt}, ${s.unknownNumbers}, ${s.unknownNumberAt}, ${s.unknownNumberId},
           ${s.delaySeconds}, case when ${s.delaySeconds}::integer is null then null else clock_timestamp() end,
           ${s.contactsAt}, ${s.writtenAt}
      from channel where workspace_id = ${s.workspaceId} and id = ${s.channelId}
    on conflict (workspace_id, channel_id) do update set
      last_handshake_at = greatest(h.last_handshake_at, excluded.last_handshake_at),
      last_webhook_at = greatest(h.last_webhook_at, excluded.last_webhook_at),
      last_sent_at = greatest(h.last_sent_at, excluded.last_sent_at),
      signature_failures = h.signature_failures + excluded.signature_failures,
      last_signature_failure_at =
        greatest(h.last_signature_failure_at, excluded.last_signature_failure_at),
      unknown_numbers = h.unknown_numbers + excluded.unknown_numbers,
      last_unknown_number_at = greatest(h.last_unknown_number_at, excluded.last_unknown_number_at),
      last_unknown_number_id = coalesce(excluded.last_unknown_number_id, h.last_unknown_number_id),
      delay_seconds = coalesce(excluded.delay_seconds, h.delay_seconds),
      delay_at = coalesce(excluded.delay_at, h.delay_at),
      contacts_at = greatest(h.contacts_at, excluded.contacts_at),
      last_written_at = greatest(h.last_written_at, excluded.last_written_at)`.execute(db);
};

const columnOf = {
  'partner-removed': sql.ref('partner_removed_at'),
  offboarded: sql.ref('offboarded_at'),
  reconnected: sql.ref('reconnected_at'),
} as const;

/** Brazil's numbers are told with and without the digit that was added: the area and the last eight are the number. */
const isOfPhone = (phone: string | null) => sql`(${phone}::text is null
  or left(display_number, 4) = left(${phone}, 4) and right(display_number, 8) = right(${phone}, 8))`;

const saveNews = async (db: Db, s: Sighting, { kind, at, phone }: AccountNews): Promise<void> => {
  const column = columnOf[kind];
  await sql`insert into whatsapp_health as h (workspace_id, channel_id, ${column})
    select workspace_id, id, ${at}::timestamptz
      from channel where workspace_id = ${s.workspaceId} and id = ${s.channelId} and ${isOfPhone(phone)}
    on conflict (workspace_id, channel_id) do update
      set ${column} = greatest(h.${column}, excluded.${column})`.execute(db);
};

/** WhatsApp answered all that was asked about the number as it should, no earlier than this. */
export const saveChecked = async (
  db: Db,
  { workspaceId, channelId }: Pick<Sighting, 'workspaceId' | 'channelId'>,
  at: Date,
): Promise<void> => {
  await sql`insert into whatsapp_health as h (workspace_id, channel_id, checked_at)
    select workspace_id, id, ${at}::timestamptz
      from channel where workspace_id = ${workspaceId} and id = ${channelId}
    on conflict (workspace_id, channel_id) do update
      set checked_at = greatest(h.checked_at, excluded.checked_at)`.execute(db);
};

const saveErrors = (db: Db, { workspaceId, channelId, errors }: Sighting): Promise<void> =>
  countOnChannels(
    db,
    [...errors].map(([code, times]) => {
      const counter = errorCounter('send-error-', code);
      return { workspaceId, channelId, times, ...counter };
    }),
  );

/** Chunks come in any order within an import; one a day or more after the last is another import. */
const isFurther = sql`(excluded.history_at is not null and (h.history_at is null or h.history_at < excluded.history_at - interval '1 day'
  or h.history_progress <= excluded.history_progress))`;

const saveHistory = async (db: Db, s: Sighting): Promise<void> => {
  await sql`insert into whatsapp_health as h
      (workspace_id, channel_id, history_phase, history_progress, history_at, history_declined_at)
    select workspace_id, id, ${s.history?.phase ?? null}, ${s.history?.progress ?? null}, ${s.history?.at ?? null},
           ${s.historyDeclinedAt}
      from channel where workspace_id = ${s.workspaceId} and id = ${s.channelId}
    on conflict (workspace_id, channel_id) do update set
      history_phase = case when ${isFurther} then excluded.history_phase else h.history_phase end,
      history_progress = case when ${isFurther} then excluded.history_progress else h.history_progress end,
      history_at = greatest(h.history_at, excluded.history_at),
      history_declined_at = greatest(h.history_declined_at, excluded.history_declined_at)`.execute(
    db,
  );
};

/** Adds what was seen to what is known; each number in statements of its own, so that no lock is held for another. */
export const saveSighting = async (db: Db, sighting: Sighting): Promise<void> => {
  await saveOne(db, sighting);
  if (sighting.errors.size > 0) {
    await saveErrors(db, sighting);
  }
  if (sighting.history !== null || sighting.historyDeclinedAt !== null) {
    await saveHistory(db, sighting);
  }
  for (const news of sighting.accountNews.values()) {
    await saveNews(db, sighting, news);
  }
};
