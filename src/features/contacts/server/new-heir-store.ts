import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { blockIsActive } from './block-queries.ts';

/**
 * This contact, locked, has come to an identity. Where a blocked one left that behind, it is refused from now on, and what waits
 * for it from before does not leave once that block has ended either (docs/gate.md, epoch).
 */
export const outdateHeir = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<void> => {
  await sql`update contact c set block_epoch = c.block_epoch + 1
     where c.workspace_id = ${workspaceId} and c.id = ${contactId} and exists (
       select 1 from contact_identity m
         join contact_identity f on f.workspace_id = m.workspace_id and f.match_key = m.match_key
                                and f.is_former and f.contact_id <> m.contact_id
         join block b on b.workspace_id = f.workspace_id and b.contact_id = f.contact_id
        where m.workspace_id = c.workspace_id and m.contact_id = c.id and not m.is_former and ${blockIsActive})`.execute(
    tx,
  );
};

/** The same of identities that erased people left behind, who are known by keyed hashes alone. */
export const outdateHeirOf = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  formerIds: readonly string[],
): Promise<void> => {
  await sql`update contact c set block_epoch = c.block_epoch + 1
     where c.workspace_id = ${workspaceId} and c.id = ${contactId} and exists (
       select 1 from block b where b.workspace_id = c.workspace_id and b.contact_id = any(${[...formerIds]}::uuid[])
         and ${blockIsActive})`.execute(tx);
};
