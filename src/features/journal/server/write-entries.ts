import { identityHashOf } from '#features/contacts/server/index.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type JournalHead, type JournalPlace, writeLine } from '#platform/server/journal/index.ts';
import { everyWorkspace, newId } from '#platform/shared/ids.ts';
import {
  type JournalBody,
  type JournaledContact,
  type JournaledRemoval,
  plain,
} from './journal-body.ts';
import { readContacts } from './journal-queries.ts';
import { type Due, finishDue, type RemovalRow, writeState } from './journal-store.ts';
import { findPrints } from './print-store.ts';

/** So many messages stand on one line at most. */
const longestLine = 200;

/** Those that there is a line of, with its removals: the first of each request has them all. */
const withPrints = async (
  { db, keyed }: Pick<Deps, 'db' | 'keyed'>,
  lines: readonly JournaledRemoval[],
): Promise<readonly JournaledRemoval[]> => {
  const first = new Map([...lines].reverse().map((line) => [line.requestId, line]));
  for (const { requestId, kind, hash } of await findPrints(db, [...first.values()])) {
    const line = first.get(requestId);
    if (line !== undefined) {
      const sealed = keyed.seal('journal-print', hash.toString('hex'), line.workspaceId);
      line.prints = [...(line.prints ?? []), { kind, sealed }];
    }
  }
  return lines;
};

const removalsOf = (rows: readonly RemovalRow[]): JournaledRemoval[] => {
  const lines = new Map<string, JournaledRemoval>();
  for (const row of rows) {
    const { workspaceId, requestId, number } = row;
    const name = `${workspaceId}/${requestId}`;
    const known = lines.get(name);
    const message = { id: row.messageId, hash: row.hash };
    if (known !== undefined && known.messages.length < longestLine) {
      known.messages.push(message);
    } else {
      if (known !== undefined) {
        lines.set(`${name}/${lines.size}`, known);
      }
      const reason = row.reason ?? undefined;
      const by = { at: row.removedAt, workspaceId, requestId, number, reason };
      lines.set(name, { kind: 'removal', ...by, messages: [message] });
    }
  }
  return [...lines.values()];
};

/** How the contacts stand now, which is at least as new as the changes that are due. */
const contactsOf = async (
  { db, keyed }: Pick<Deps, 'db' | 'keyed'>,
  due: Due['contacts'],
): Promise<JournaledContact[]> => {
  const lines = new Map<string, JournaledContact>();
  for (const { id, workspaceId, contactId } of due) {
    const known = lines.get(contactId) ?? {
      ...{ kind: 'contact' as const, at: new Date(), workspaceId, contactId },
      ...{ due: [], identities: [], blocks: [], isErased: false },
    };
    known.due.push(id);
    lines.set(contactId, known);
  }
  const read = await readContacts(db, [...lines.values()]);
  const { blocks, identities, hashed, names, erasedIds } = read;
  for (const { contactId, workspaceId: _workspaceId, ...block } of blocks) {
    lines.get(contactId)?.blocks.push(block);
  }
  for (const { workspaceId, contactId, matchKey, isFormer, kind } of identities) {
    const hash = identityHashOf(keyed, workspaceId, matchKey);
    lines.get(contactId)?.identities.push({ hash, isFormer, kind });
  }
  for (const { contactId, hash, isFormer, kind } of hashed) {
    lines.get(contactId)?.identities.push({ hash, isFormer, kind: kind ?? undefined });
  }
  for (const { contactId, at, by } of names) {
    const line = lines.get(contactId);
    if (line !== undefined) {
      line.nameRemoved = { at, by };
    }
  }
  return [...lines.values()].map((line) => ({ ...line, isErased: erasedIds.has(line.contactId) }));
};

const writeBodies = async (
  { keyed }: Pick<Deps, 'keyed'>,
  place: JournalPlace,
  before: JournalHead | undefined,
  bodies: readonly JournalBody[],
): Promise<JournalHead | undefined> => {
  const lines: string[] = [];
  let head = before;
  for (const body of bodies) {
    const line = writeLine(keyed, head, plain(body));
    lines.push(line.text);
    head = line.head;
  }
  if (lines.length > 0) {
    await place.append((before?.seq ?? 0) + 1, lines);
  }
  return head;
};

const nobody = systemActor(everyWorkspace);

/** The first line of a new journal. The lock is held. */
export const beginJournal = async (deps: Deps, place: JournalPlace): Promise<JournalHead> => {
  const body = { kind: 'begun', at: new Date(), journalId: newId() } as const;
  const head = await writeBodies(deps, place, undefined, [body]);
  if (head === undefined) {
    throw new Error('a journal was begun without a line');
  }
  await inTx(deps, nobody, (ctx) => writeState(ctx.tx, head));
  return head;
};

/**
 * Writes what is due behind the last line, and notes that it is there once it is. The lock is held, and `before` is the last
 * line there is.
 */
export const writeDue = async (
  deps: Deps,
  place: JournalPlace,
  before: JournalHead,
  due: Due,
): Promise<JournalHead> => {
  const removals = await withPrints(deps, removalsOf(due.removals));
  const bodies = [...removals, ...(await contactsOf(deps, due.contacts))];
  const head = (await writeBodies(deps, place, before, bodies)) ?? before;
  await inTx(deps, nobody, async (ctx) => {
    await writeState(ctx.tx, head);
    await finishDue(ctx.tx, due);
  });
  return head;
};
