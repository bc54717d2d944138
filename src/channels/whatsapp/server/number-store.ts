import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

interface Named {
  readonly name: string;
  readonly displayNumber: string;
}

export const insertChannel = async (
  tx: Tx,
  { workspaceId, channelId, name, displayNumber }: Place & Named,
): Promise<void> => {
  await sql`insert into channel (workspace_id, id, kind, name, display_number)
    values (${workspaceId}, ${channelId}, 'whatsapp', ${name}, ${displayNumber})`.execute(tx);
};

export const renameChannel = async (
  tx: Tx,
  { workspaceId, channelId }: Place,
  name: string,
): Promise<void> => {
  await sql`update channel set name = ${name}
    where workspace_id = ${workspaceId} and id = ${channelId}`.execute(tx);
};

/** Of which portfolio another account is has to be asked again. */
export const saveBusinessAccount = async (
  tx: Tx,
  { workspaceId, channelId }: Place,
  wabaId: string,
): Promise<void> => {
  await sql`update channel c set portfolio_id = null from whatsapp_account a
    where c.workspace_id = ${workspaceId} and c.id = ${channelId}
      and a.workspace_id = c.workspace_id and a.channel_id = c.id and a.waba_id <> ${wabaId}`.execute(
    tx,
  );
  await sql`update whatsapp_account set waba_id = ${wabaId}
    where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
};

/** Whose account it is, as WhatsApp says; of one that was given another account meanwhile nothing is kept. */
export const savePortfolio = async (
  tx: Tx,
  { workspaceId, channelId, wabaId }: Place & { readonly wabaId: string },
  portfolioId: string,
): Promise<void> => {
  // Locked by a statement of its own: one that locks and reads would go by what it read before it waited.
  const { rows } = await sql<{ wabaId: string }>`select waba_id as "wabaId" from whatsapp_account
    where workspace_id = ${workspaceId} and channel_id = ${channelId} for share`.execute(tx);
  if (rows[0]?.wabaId === wabaId) {
    await sql`update channel set portfolio_id = ${portfolioId}
      where workspace_id = ${workspaceId} and id = ${channelId}`.execute(tx);
  }
};

/** Of no number is known any more whose account it is. */
export const forgetPortfolios = async (db: Db): Promise<void> => {
  await sql`update channel set portfolio_id = null where portfolio_id is not null`.execute(db);
};

/** The channel that this workspace once had the number as, now its own again. */
export const takeFormerChannel = async (
  tx: Tx,
  workspaceId: string,
  phoneNumberId: string,
  { name, displayNumber }: Named,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    with former as (
      delete from whatsapp_former_account
       where workspace_id = ${workspaceId} and phone_number_id = ${phoneNumberId}
      returning channel_id)
    update channel c set disconnected_at = null, portfolio_id = null, name = ${name}, display_number = ${displayNumber}
      from former where c.workspace_id = ${workspaceId} and c.id = former.channel_id
    returning c.id`.execute(tx);
  return rows[0]?.id;
};

/** The secrets are gone; which number it was is kept. False when it is not connected. */
export const removeAccount = async (
  tx: Tx,
  { workspaceId, channelId }: Place,
): Promise<boolean> => {
  const { rows } = await sql`
    with gone as (
      delete from whatsapp_account where workspace_id = ${workspaceId} and channel_id = ${channelId}
      returning phone_number_id),
    former as (
      insert into whatsapp_former_account (workspace_id, channel_id, phone_number_id)
      select ${workspaceId}, ${channelId}, phone_number_id from gone)
    update channel set disconnected_at = clock_timestamp()
     where workspace_id = ${workspaceId} and id = ${channelId} and exists (select 1 from gone)
    returning 1`.execute(tx);
  return rows.length > 0;
};
