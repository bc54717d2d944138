import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import type { Account } from './account.ts';

export const accountColumns = sql`workspace_id as "workspaceId", channel_id as "channelId",
  phone_number_id as "phoneNumberId", waba_id as "wabaId",
  (select c.portfolio_id from channel c where c.workspace_id = whatsapp_account.workspace_id and c.id = channel_id) as "portfolioId",
  access_token as "accessToken",
  app_secret as "appSecret", verify_token as "verifyToken"`;

export const findStoredAccounts = async (db: Db): Promise<Account[]> => {
  const { rows } = await sql<Account>`select ${accountColumns} from whatsapp_account`.execute(db);
  return rows;
};

export const findStoredAccount = async (
  db: Db,
  { workspaceId, channelId }: { readonly workspaceId: string; readonly channelId: string },
): Promise<Account | undefined> => {
  const { rows } = await sql<Account>`select ${accountColumns} from whatsapp_account
    where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(db);
  return rows[0];
};
