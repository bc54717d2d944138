import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { openBlocks } from '../../open-blocks.ts';
import { startExport, stretchExport } from '../export-list.ts';
import { everyEntry, findExport } from '../export-store.ts';
import { writeList } from '../list-file.ts';
import { findKeyCheckOfExport } from '../list-queries.ts';
import { findLists } from '../list-store.ts';
import { addList, openList, removeList } from '../manage-lists.ts';
import { matchLists } from '../match-lists.ts';
import { keyCheckOf, saltOf, stretchAll } from '../stretch.ts';

const joined = async (lines: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const line of lines) text += line;
  return text;
};

async function* entriesOf(stretched: readonly Buffer[]) {
  for (const one of stretched) yield { stretched: one, reason: 'fraud' as const };
}

const addText = (deps: Deps, actor: Actor, text: string): Promise<string> =>
  inTx(deps, actor, (ctx) => addList(ctx, 'Unidade Norte', text));

/** A list of these numbers, as another unit would send it. */
const fileOf = async (key: string, phones: readonly string[]): Promise<string> => {
  const salt = saltOf(key);
  const keys = phones.flatMap((phone) => matchKeysOf({ phone }).map((one) => one.key));
  const entries = entriesOf(await stretchAll(salt, keys));
  return joined(writeList(await keyCheckOf(salt), entries));
};

const add = async (
  deps: Deps,
  actor: Actor,
  key: string,
  phones: readonly string[],
): Promise<string> => addText(deps, actor, await fileOf(key, phones));

/** The job, to its end. */
const stretch = async (deps: Deps, workspaceId: string, exportId: string): Promise<void> => {
  while ((await findExport(deps.db, workspaceId, exportId))?.state !== 'ready') {
    await stretchExport(deps, { workspaceId, exportId });
  }
};

/** What a unit that blocks these people sends, and the key. */
const exported = async (deps: Deps, actor: Actor, phones: readonly string[]) => {
  const { workspaceId } = actor;
  await inTx(deps, actor, async (ctx) => {
    for (const phone of phones) {
      const contact = { workspaceId, profileName: null, username: null };
      const contactId = await insertContact(ctx.tx, contact);
      await learnIdentities(ctx.tx, workspaceId, contactId, matchKeysOf({ phone }));
      const block = { contactId, reason: 'fraud', note: null, expiresAt: null } as const;
      await openBlocks(ctx, [{ ...block, upstream: false, cause: 'manual' }]);
    }
  });
  const { id, key } = await startExport(deps, actor, undefined);
  await stretch(deps, workspaceId, id);
  const keyCheck = await findKeyCheckOfExport(deps.db, workspaceId, id);
  return { id, key, text: await joined(writeList(keyCheck, everyEntry(deps.db, workspaceId, id))) };
};

const unlock = openList;

const matchOne = (deps: Deps, { workspaceId }: Actor, listId: string): Promise<void> =>
  matchLists(deps, { workspaceId, listId });

export const exchangeLists = {
  add,
  addText,
  exported,
  fileOf,
  /** Of so many numbers at most. */
  start: (deps: Deps, actor: Actor, most: number) => startExport(deps, actor, undefined, most),
  stretch,
  unlock,
  open: async (deps: Deps, actor: Actor, key: string, phones: readonly string[]) => {
    const id = await add(deps, actor, key, phones);
    await unlock(deps, actor, id, key);
    return id;
  },
  remove: (deps: Deps, actor: Actor, id: string) => inTx(deps, actor, (ctx) => removeList(ctx, id)),
  /** The job, to its end. */
  match: async (deps: Deps, actor: Actor) => {
    for (const { id, state } of await findLists(deps.db, actor.workspaceId)) {
      if (state === 'matching') {
        await matchOne(deps, actor, id);
      }
    }
  },
  matchOne,
  states: async (deps: Deps, actor: Actor) =>
    (await findLists(deps.db, actor.workspaceId)).map(({ state }) => state),
};
