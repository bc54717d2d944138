import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { bulkBlock } from '../bulk/bulk-blocks.ts';
import { extendBlock } from '../extend-block.ts';
import { findActiveBlock } from '../queries.ts';
import { requestBlock } from '../requests/request-block.ts';
import { restoreBlocks } from '../restore-blocks.ts';
import { findBlocksById } from '../restore-store.ts';
import { block, exchangeLists } from '../testing.ts';
import { apply, read, rowsOf, startUndoing, undo } from './testing/import-world.ts';

/** Whoever an import blocked and somebody else has said something of stays blocked when the import is undone. */
let deps: TestDeps;
let workspaceId: string;
let admin: Actor;
let other: Actor;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  other = await aMember(deps.db, workspaceId);
});

const phoneOf = (n: number): string => `551191${String(2_220_000 + n).padStart(7, '0')}`;
const aContact = (phone: string): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    const id = await insertContact(tx, { workspaceId, profileName: 'Ana', username: null });
    await learnIdentities(tx, workspaceId, id, matchKeysOf({ phone }));
    return id;
  });
const imported = async (...phones: readonly string[]): Promise<string> => {
  const lines = phones.map((phone) => `${phone};spam\n`).join('');
  const { id } = await read(deps, admin, `número;motivo\n${lines}`);
  await apply(deps, admin, id);
  return id;
};
const ownerOf = async (importId: string): Promise<string> =>
  (await rowsOf(deps, admin, importId))[0]?.contactId ?? '';
const blockOf = (contactId: string) => findActiveBlock(deps.db, workspaceId, contactId);
const isBlocked = async (contactId: string): Promise<boolean> =>
  (await blockOf(contactId)) !== null;

describe('whoever an import blocked stays blocked when it is undone', () => {
  it.each<[string, (contactId: string) => Promise<unknown>]>([
    [
      'and has a number by now of somebody who is blocked',
      async (contactId) => {
        const blocked = await aContact(phoneOf(90));
        await block(deps, admin, blocked, {});
        await inTx(deps, admin, (ctx) => extendBlock(ctx, blocked, contactId));
      },
    ],
    [
      'and is among many whom somebody blocks at once',
      (contactId) =>
        bulkBlock(deps, other, [contactId], {
          ...{ reason: 'fraud', note: null, expiresAt: null },
        }),
    ],
    [
      'and had their block changed, as the journal says',
      async (contactId) => {
        const { id } = (await blockOf(contactId)) ?? { id: '' };
        await inTx(deps, admin, async (ctx) => {
          const stored = (await findBlocksById(ctx.tx, workspaceId, [id])).get(id);
          if (stored === undefined) throw new Error('the block is not there');
          await restoreBlocks(ctx, contactId, [{ ...stored, reason: 'fraud' }]);
        });
      },
    ],
    [
      'and is on a list of another unit',
      async () => {
        await exchangeLists.open(deps, admin, 'uma chave', [phoneOf(0)]);
        await exchangeLists.match(deps, admin);
      },
    ],
  ])('%s', async (_, say) => {
    const [kept, wrong] = [await aContact(phoneOf(0)), await aContact(phoneOf(1))];
    const id = await imported(phoneOf(0), phoneOf(1));
    await say(kept);
    await undo(deps, admin, id);
    expect([await isBlocked(kept), await isBlocked(wrong)]).toEqual([true, false]);
  });

  it('and for whom somebody had asked', async () => {
    const contactId = await aContact(phoneOf(0));
    const agent = await aMember(deps.db, workspaceId, 'agent');
    const words = { contactId, reason: 'offense', note: null } as const;
    await inTx(deps, agent, (ctx) => requestBlock(ctx, words));
    const id = await imported(phoneOf(0));
    expect((await undo(deps, admin, id)).undo).toBeNull();
    expect(await isBlocked(contactId)).toBe(true);
  });

  it('and is in another file, whose own undoing failed or is under way', async () => {
    const contactId = await aContact(phoneOf(0));
    const wrong = await imported(phoneOf(0), phoneOf(1));
    const right = await imported(phoneOf(0), phoneOf(2));
    await startUndoing(deps, admin, right);
    await undo(deps, admin, wrong);
    expect(await isBlocked(contactId)).toBe(true);
    await undo(deps, admin, right);
    const again = await undo(deps, admin, wrong);
    expect(again.undo).toMatchObject({ state: 'done', lifted: 2 });
    expect(again.undo?.all).toBeGreaterThanOrEqual(2);
    expect(await isBlocked(contactId)).toBe(false);
  });
});

it('an import that is undone lets nobody in: a list of another unit shuts them out as before', async () => {
  await exchangeLists.open(deps, admin, 'uma chave', [phoneOf(0)]);
  const id = await imported(phoneOf(0));
  const contactId = await ownerOf(id);
  await undo(deps, admin, id);
  expect(await isBlocked(contactId)).toBe(false);
  await exchangeLists.match(deps, admin);
  expect(await isBlocked(contactId)).toBe(true);
});
