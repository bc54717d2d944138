import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { Account } from './account.ts';
import { accountColumns } from './account-queries.ts';
import type { AccountSecrets } from './account-secrets.ts';

interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

export const lockStoredAccount = async (
  tx: Tx,
  { workspaceId, channelId }: Place,
): Promise<Account | undefined> => {
  const { rows } = await sql<Account>`select ${accountColumns} from whatsapp_account
    where workspace_id = ${workspaceId} and channel_id = ${channelId} for update`.execute(tx);
  return rows[0];
};

/** Any number; it only has to be the same in every process. */
const sealingLock = 7_204_119;

/** Those with a secret that is not sealed, for nobody else until the transaction ends. */
export const lockPlainAccounts = async (tx: Tx): Promise<Account[]> => {
  await sql`select pg_advisory_xact_lock(${sealingLock})`.execute(tx);
  const { rows } = await sql<Account>`select ${accountColumns} from whatsapp_account
    where access_token not like 'sealed:v1:%' or app_secret not like 'sealed:v1:%'
       or verify_token not like 'sealed:v1:%'
    order by channel_id for update`.execute(tx);
  return rows;
};

/** @param secrets sealed */
export const saveSecrets = async (
  tx: Tx,
  { workspaceId, channelId }: Place,
  secrets: AccountSecrets,
): Promise<void> => {
  await sql`update whatsapp_account set access_token = ${secrets.accessToken},
      app_secret = ${secrets.appSecret}, verify_token = ${secrets.verifyToken}
    where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
};

/**
 * @param account its secrets sealed
 * @returns false when somebody has connected the number already
 */
export const insertAccount = async (
  tx: Tx,
  account: Omit<Account, 'portfolioId'>,
): Promise<boolean> => {
  const { rows } = await sql`insert into whatsapp_account
      (workspace_id, channel_id, phone_number_id, waba_id, access_token, app_secret, verify_token)
    values (${account.workspaceId}, ${account.channelId}, ${account.phoneNumberId}, ${account.wabaId},
            ${account.accessToken}, ${account.appSecret}, ${account.verifyToken})
    on conflict (phone_number_id) do nothing returning 1`.execute(tx);
  return rows.length > 0;
};
