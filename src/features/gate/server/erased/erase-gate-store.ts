import { sql } from 'kysely';
import { blockIsActive, type MatchKey } from '#features/contacts/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';

const keysOf = (names: readonly MatchKey[]): string[] => names.map(({ key }) => key);

/** Whether one of these is blocked, or was within the last 30 days, for which what is remembered of erased people is kept. */
export const findLastBlocks = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<{ isBlocked: boolean; isKeptOut: boolean }> => {
  const { rows } = await sql<{ isBlocked: boolean; isKeptOut: boolean }>`
    select coalesce(bool_or(${blockIsActive}), false) as "isBlocked", count(*) > 0 as "isKeptOut"
      from block b
     where b.workspace_id = ${workspaceId} and b.contact_id = any(${[...contactIds]}::uuid[])
       and least(b.lifted_at, b.expires_at, 'infinity') > clock_timestamp() - interval '30 days'`.execute(
    tx,
  );
  return rows[0] ?? { isBlocked: false, isKeptOut: false };
};

/** What people of the team wrote about blocks of these contacts. */
export const forgetBlockWords = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  const ofThem = sql`workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])`;
  await sql`update block set note = null where ${ofThem} and note is not null`.execute(tx);
  await sql`update block_request set answer = null where ${ofThem} and answer is not null`.execute(
    tx,
  );
  await sql`update block_request_asker set note = null
     where workspace_id = ${workspaceId} and note is not null
       and request_id in (select id from block_request where ${ofThem})`.execute(tx);
};

/** What is known of them from WhatsApp's lists. The lists themselves are WhatsApp's, and stay as they are. */
export const forgetListed = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  names: readonly MatchKey[],
): Promise<void> => {
  const ofThem = sql`workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])`;
  const values = names.map(({ value }) => value.replace(/^\+/, ''));
  await sql`delete from upstream_block where ${ofThem}`.execute(tx);
  await sql`delete from upstream_heal where ${ofThem}`.execute(tx);
  await sql`delete from upstream_stranger where (${ofThem})
      or (workspace_id = ${workspaceId}
          and (phone = any(${values}::text[]) or bsuid = any(${values}::text[])
               or phone_key = any(${keysOf(names)}::text[])))`.execute(tx);
  await sql`delete from upstream_listed where workspace_id = ${workspaceId}
      and (phone_key = any(${keysOf(names)}::text[]) or bsuid_key = any(${keysOf(names)}::text[]))`.execute(
    tx,
  );
};

/** Rows of files and lists that wait to be read or written. */
export const forgetPending = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  names: readonly MatchKey[],
): Promise<void> => {
  await sql`delete from block_import_row where workspace_id = ${workspaceId} and (
      match_key = any(${keysOf(names)}::text[]) or account_key = any(${keysOf(names)}::text[])
      or (contact_id = any(${[...contactIds]}::uuid[]) and coalesce(match_key, account_key, value, name, note) is not null))`.execute(
    tx,
  );
  await sql`delete from exchange_export_entry
    where workspace_id = ${workspaceId} and match_key = any(${keysOf(names)}::text[])`.execute(tx);
};
