import { identityHashOf, type MatchKey } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { type Ctx, type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { applyContact, type KeysByHash } from './apply-contact.ts';
import type { JournaledContact, JournaledName, JournaledRemoval } from './journal-body.ts';
import { listIdentities, listWorkspaceIds, type NamedIdentityRow } from './journal-queries.ts';
import { findWaiting, insertRemovals } from './journal-store.ts';
import type { ReadLine } from './read-journal.ts';

/** Removes again what the journal says was removed: what stands right of this feature. */
export interface RemoveAgain {
  /** In one workspace. @returns how many messages were here and went */
  messages(deps: Deps, workspaceId: string, removals: readonly JournaledRemoval[]): Promise<number>;
  /**
   * What the journal knows as one contact has no name any more, whoever it is here.
   * @returns whether one of them had one, or would have learnt one
   */
  name(ctx: Ctx, contactIds: readonly string[], removed: JournaledName): Promise<boolean>;
}

/** Erases again, in this transaction, a person whom the journal says was erased. @returns whether there was anything to do */
export type EraseAgain = (ctx: Ctx, contactId: string) => Promise<boolean>;

/** What stands right of this feature and is done again at a start. */
export interface DoAgain {
  readonly remove: RemoveAgain;
  readonly erase: EraseAgain;
}

/** What lines of the journal mean for a database that does not know of them. */
export interface Missed {
  readonly removals: readonly JournaledRemoval[];
  /** Of each contact what was said last. */
  readonly contacts: readonly JournaledContact[];
}

export interface Applied {
  readonly messages: number;
  readonly blocked: number;
  readonly lifted: number;
  /** People whose data was erased again. */
  readonly erased: number;
  /** Contacts whose name went again. */
  readonly names: number;
}

const pieceSize = 5_000;

/** Takes in what lines say, in their order. */
export const openMissed = () => {
  const removals: JournaledRemoval[] = [];
  const contacts = new Map<string, JournaledContact>();
  return {
    add: ({ body }: ReadLine): void => {
      if (body.kind === 'removal') {
        removals.push(body);
      } else if (body.kind === 'contact') {
        contacts.delete(body.contactId);
        contacts.set(body.contactId, body);
      }
    },
    all: (): Missed => ({ removals, contacts: [...contacts.values()] }),
  };
};

/** All identities of a workspace are hashed for it: there is no other way back from a hash. */
const findKeys = async (
  { db, keyed }: Pick<Deps, 'db' | 'keyed'>,
  workspaceId: string,
  contacts: readonly JournaledContact[],
): Promise<KeysByHash> => {
  const wanted = new Set(
    contacts.flatMap(({ identities }) => identities.map(({ hash }) => hash.toString('hex'))),
  );
  const keys = new Map<string, MatchKey>();
  let after: string | null = null;
  while (wanted.size > 0) {
    const piece: NamedIdentityRow[] = await listIdentities(db, workspaceId, after, pieceSize);
    for (const { kind, matchKey: key, value } of piece) {
      const hash = identityHashOf(keyed, workspaceId, key).toString('hex');
      if (wanted.has(hash)) {
        keys.set(hash, { kind, key, value });
      }
    }
    const last = piece.at(-1);
    if (last === undefined) {
      break;
    }
    after = last.id;
  }
  return keys;
};

/** Of the others this database had all that was written of them waiting to be written: it is as new, or newer. */
const onlyNewer = async (
  { db }: Pick<Deps, 'db'>,
  contacts: readonly JournaledContact[],
): Promise<JournaledContact[]> => {
  const waiting = await findWaiting(
    db,
    contacts.flatMap(({ due }) => due),
  );
  return contacts.filter(({ due }) => !due.every((id) => waiting.has(id)));
};

const applyContacts = async (
  deps: Deps,
  workspaceId: string,
  contacts: readonly JournaledContact[],
  again: DoAgain,
): Promise<Omit<Applied, 'messages'>> => {
  const actor = systemActor(workspaceId);
  const newer = await onlyNewer(deps, contacts);
  const keys = await findKeys(deps, workspaceId, newer);
  const total = { blocked: 0, lifted: 0, erased: 0, names: 0 };
  for (const contact of newer) {
    const { blocked, lifted, contactIds } = await inTx(deps, actor, (ctx) =>
      applyContact(ctx, contact, keys),
    );
    total.blocked += blocked;
    total.lifted += lifted;
    const { nameRemoved } = contact;
    if (nameRemoved !== undefined) {
      const isGone = await inTx(deps, actor, (ctx) =>
        again.remove.name(ctx, contactIds, nameRemoved),
      );
      total.names += isGone ? 1 : 0;
    }
    // After their blocks, so that the hashes of their names are kept for these.
    const isErased =
      contact.isErased && (await inTx(deps, actor, (ctx) => again.erase(ctx, contact.contactId)));
    total.erased += isErased ? 1 : 0;
  }
  return total;
};

const applyRemovals = async (
  deps: Deps,
  workspaceId: string,
  removals: readonly JournaledRemoval[],
  removeAgain: RemoveAgain,
): Promise<number> => {
  await inTx(deps, systemActor(workspaceId), async (ctx) => {
    for (const removal of removals) {
      await insertRemovals(ctx.tx, workspaceId, removal, removal.messages, true);
    }
  });
  return removals.length === 0 ? 0 : removeAgain.messages(deps, workspaceId, removals);
};

/**
 * Does again what the journal tells and this database does not know: removes, blocks, lifts, takes names away. Each in a transaction of its
 * own; done twice it changes nothing. What was done is in the audit log of its workspace.
 */
export const applyMissed = async (deps: Deps, missed: Missed, again: DoAgain): Promise<Applied> => {
  const total = { messages: 0, blocked: 0, lifted: 0, erased: 0, names: 0 };
  for (const workspaceId of await listWorkspaceIds(deps.db)) {
    const here = <T extends { workspaceId: string }>(all: readonly T[]): T[] =>
      all.filter((one) => one.workspaceId === workspaceId);
    const done = await applyContacts(deps, workspaceId, here(missed.contacts), again);
    const { blocked, lifted, erased, names } = done;
    const removals = here(missed.removals);
    const messages = await applyRemovals(deps, workspaceId, removals, again.remove);
    if (messages + blocked + lifted + erased + names > 0) {
      await inTx(deps, systemActor(workspaceId), (ctx) =>
        audit(ctx, {
          action: 'installation.journal-applied',
          details: { messages, blocked, lifted, erased, names },
        }),
      );
    }
    total.messages += messages;
    total.erased += erased;
    total.blocked += blocked;
    total.lifted += lifted;
    total.names += names;
  }
  return total;
};
