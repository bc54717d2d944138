import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { refuseBlockRequest } from '../decide-request.ts';
import { requestBlock } from '../request-block.ts';

let phones = 0;

/** A person called Ana, with a number that nobody else of this run has. */
export const aContact = (deps: Deps, workspaceId: string): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    phones += 1;
    const id = await insertContact(tx, { workspaceId, profileName: 'Ana', username: null });
    const phone = `55119${String(70_000_000 + phones)}`;
    await learnIdentities(tx, workspaceId, id, matchKeysOf({ phone }));
    return id;
  });

/** Asks as the API does it. */
export const ask = (
  deps: Deps,
  actor: Actor,
  contactId: string,
  note: string | null = null,
): Promise<{ id: string; isNew: boolean }> =>
  inTx(deps, actor, (ctx) => requestBlock(ctx, { contactId, reason: 'offense', note }));

export const refuse = (
  deps: Deps,
  actor: Actor,
  requestId: string,
  answer: string | null = null,
): Promise<void> => inTx(deps, actor, (ctx) => refuseBlockRequest(ctx, requestId, answer));
