import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

/** A number of ours and what is needed to speak, and be spoken to, as it. */
export interface Account {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

export const findAccounts = async (db: Db): Promise<Account[]> => {
  const { rows } = await sql<Account>`
    select workspace_id as "workspaceId", channel_id as "channelId", phone_number_id as "phoneNumberId",
           waba_id as "wabaId", access_token as "accessToken", app_secret as "appSecret",
           verify_token as "verifyToken"
      from whatsapp_account`.execute(db);
  return rows;
};

export const insertAccount = async (tx: Tx, account: Account): Promise<void> => {
  await sql`insert into whatsapp_account
      (workspace_id, channel_id, phone_number_id, waba_id, access_token, app_secret, verify_token)
    values (${account.workspaceId}, ${account.channelId}, ${account.phoneNumberId}, ${account.wabaId},
            ${account.accessToken}, ${account.appSecret}, ${account.verifyToken})`.execute(tx);
};

export const insertChannel = async (
  tx: Tx,
  channel: { workspaceId: string; id: string; name: string; displayNumber: string },
): Promise<void> => {
  await sql`insert into channel (workspace_id, id, kind, name, display_number)
    values (${channel.workspaceId}, ${channel.id}, 'whatsapp', ${channel.name}, ${channel.displayNumber})`.execute(
    tx,
  );
};

/** A webhook that one of our apps signed names a number that nobody has connected. */
export const countUnknownNumber = async (db: Db, phoneNumberId: string): Promise<void> => {
  await sql`insert into whatsapp_unknown_number as u (phone_number_id, occurrences, last_at)
    values (${phoneNumberId}, 1, clock_timestamp())
    on conflict (phone_number_id) do update
      set occurrences = u.occurrences + 1, last_at = excluded.last_at`.execute(db);
};
