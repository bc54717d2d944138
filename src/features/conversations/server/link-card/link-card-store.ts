import { sql } from 'kysely';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';
import type { LinkCard } from '../../contract.ts';
import type { MessageState } from '../message-store.ts';

/**
 * Puts the card beside the text it was made of. The trigger of migration 0005 asks the gate once more.
 * @throws Error when the proof is not of this transaction and contact
 */
export const saveLinkCard = async (
  tx: Tx,
  passed: Passed<MessageState>,
  card: LinkCard,
): Promise<void> => {
  const { workspaceId, id, contactId } = passed.item;
  assertPassed(passed, tx, contactId);
  await sql`update message set payload = payload || jsonb_build_object('linkCard', ${JSON.stringify(card)}::jsonb)
    where workspace_id = ${workspaceId} and id = ${id} and contact_id = ${contactId} and revoked_at is null`.execute(
    tx,
  );
};
