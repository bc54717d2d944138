import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { bulkBlock } from '../bulk/bulk-blocks.ts';
import { extendBlock } from '../extend-block.ts';
import { findActiveBlock } from '../queries.ts';
import { requestBlock } from '../requests/request-block.ts';
import { restoreBlocks } from '../restore-blocks.ts';
import { findBlocksById } from '../restore-store.ts';
import { aContactOf, aGateStage } from '../testing/gate-stage.ts';
import { block, exchangeLists } from '../testing.ts';
import { apply, read, rowsOf, startUndoing, undo } from './testing/import-world.ts';

/** Whoever an import blocked and somebody else has said something of stays blocked when the import is undone. */
const stage = aGateStage();
const aColleague = () => aMember(stage.deps.db, stage.workspaceId);

const phoneOf = (n: number): string => `551191${String(2_220_000 + n).padStart(7, '0')}`;
const aContact = (phone: string): Promise<string> => aContactOf(stage, [{ phone }]);
const imported = async (...phones: readonly string[]): Promise<string> => {
  const lines = phones.map((phone) => `${phone};spam\n`).join('');
  const { id } = await read(stage.deps, stage.admin, `número;motivo\n${lines}`);
  await apply(stage.deps, stage.admin, id);
  return id;
};
const ownerOf = async (importId: string): Promise<string> =>
  (await rowsOf(stage.deps, stage.admin, importId))[0]?.contactId ?? '';
const blockOf = (contactId: string) => findActiveBlock(stage.deps.db, stage.workspaceId, contactId);
const isBlocked = async (contactId: string): Promise<boolean> =>
  (await blockOf(contactId)) !== null;

describe('whoever an import blocked stays blocked when it is undone', () => {
  it.each<[string, (contactId: string) => Promise<unknown>]>([
    [
      'and has a number by now of somebody who is blocked',
      async (contactId) => {
        const blocked = await aContact(phoneOf(90));
        await block(stage.deps, stage.admin, blocked, {});
        await inTx(stage.deps, stage.admin, (ctx) => extendBlock(ctx, blocked, contactId));
      },
    ],
    [
      'and is among many whom somebody blocks at once',
      async (contactId) =>
        bulkBlock(stage.deps, await aColleague(), [contactId], {
          ...{ reason: 'fraud', note: null, expiresAt: null },
        }),
    ],
    [
      'and had their block changed, as the journal says',
      async (contactId) => {
        const { id } = (await blockOf(contactId)) ?? { id: '' };
        await inTx(stage.deps, stage.admin, async (ctx) => {
          const stored = (await findBlocksById(ctx.tx, stage.workspaceId, [id])).get(id);
          if (stored === undefined) throw new Error('the block is not there');
          await restoreBlocks(ctx, contactId, [{ ...stored, reason: 'fraud' }]);
        });
      },
    ],
    [
      'and is on a list of another unit',
      async () => {
        await exchangeLists.open(stage.deps, stage.admin, 'uma chave', [phoneOf(0)]);
        await exchangeLists.match(stage.deps, stage.admin);
      },
    ],
  ])('%s', async (_, say) => {
    const [kept, wrong] = [await aContact(phoneOf(0)), await aContact(phoneOf(1))];
    const id = await imported(phoneOf(0), phoneOf(1));
    await say(kept);
    await undo(stage.deps, stage.admin, id);
    expect([await isBlocked(kept), await isBlocked(wrong)]).toEqual([true, false]);
  });

  it('and for whom somebody had asked', async () => {
    const contactId = await aContact(phoneOf(0));
    const agent = await aMember(stage.deps.db, stage.workspaceId, 'agent');
    const words = { contactId, reason: 'offense', note: null } as const;
    await inTx(stage.deps, agent, (ctx) => requestBlock(ctx, words));
    const id = await imported(phoneOf(0));
    expect((await undo(stage.deps, stage.admin, id)).undo).toBeNull();
    expect(await isBlocked(contactId)).toBe(true);
  });

  it('and is in another file, whose own undoing failed or is under way', async () => {
    const contactId = await aContact(phoneOf(0));
    const wrong = await imported(phoneOf(0), phoneOf(1));
    const right = await imported(phoneOf(0), phoneOf(2));
    await startUndoing(stage.deps, stage.admin, right);
    await undo(stage.deps, stage.admin, wrong);
    expect(await isBlocked(contactId)).toBe(true);
    await undo(stage.deps, stage.admin, right);
    const again = await undo(stage.deps, stage.admin, wrong);
    expect(again.undo).toMatchObject({ state: 'done', lifted: 2 });
    expect(again.undo?.all).toBeGreaterThanOrEqual(2);
    expect(await isBlocked(contactId)).toBe(false);
  });
});

it('an import that is undone lets nobody in: a list of another unit shuts them out as before', async () => {
  await exchangeLists.open(stage.deps, stage.admin, 'uma chave', [phoneOf(0)]);
  const id = await imported(phoneOf(0));
  const contactId = await ownerOf(id);
  await undo(stage.deps, stage.admin, id);
  expect(await isBlocked(contactId)).toBe(false);
  await exchangeLists.match(stage.deps, stage.admin);
  expect(await isBlocked(contactId)).toBe(true);
});
