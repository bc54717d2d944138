import { describe, expect, it } from 'vitest';
import { lockContacts } from '#features/contacts/server/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { mergeBlocks } from '../extend-block.ts';
import { block, unblock } from '../testing.ts';
import { nextRound, recordRound } from './apply-upstream.ts';
import { aListStage } from './testing/list-stage.ts';

const stage = aListStage();

/** As the job does, up to the moment at which WhatsApp has put them on the list. */
const planRound = async () => {
  const next = await inTx(stage.deps, stage.world.admin, (ctx) =>
    nextRound(ctx, stage.world.place),
  );
  if (next.kind !== 'round') {
    throw new Error(`nothing to ask for: ${next.kind}`);
  }
  return next.round;
};

const done = { outcomes: [{ kind: 'done' } as const], restMs: null };

describe('a request for a block that is under way', () => {
  it('and whose process dies: an unblock takes the person off the list', async () => {
    const contactId = await stage.world.aContact();
    await block(stage.deps, stage.world.admin, contactId);
    await planRound();
    await unblock(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    expect(stage.world.list.calls).toMatchObject([{ verb: 'unblock' }]);
  });

  it('for somebody who is merged meanwhile: an unblock takes the person off the list', async () => {
    const [contactId, keepId] = [await stage.world.aContact(), await stage.world.aContact()];
    await block(stage.deps, stage.world.admin, contactId);
    const round = await planRound();
    await inTx(stage.deps, stage.world.admin, async (ctx) => {
      const { workspaceId } = stage.world;
      await lockContacts(
        ctx.tx,
        [contactId, keepId].map((id) => ({ workspaceId, contactId: id })),
      );
      await mergeBlocks(ctx, keepId, contactId);
    });
    await inTx(stage.deps, stage.world.admin, (ctx) =>
      recordRound(ctx, stage.world.place, round, done),
    );
    await unblock(stage.deps, stage.world.admin, keepId);
    await stage.world.apply();
    const [value] = round.rows.map((row) => row.value);
    const removed = stage.world.list.calls.filter(({ verb }) => verb === 'unblock');
    expect(removed.flatMap((call) => call.addresses)).toContainEqual({ kind: 'phone', value });
  });

  it('and is refused: there is nothing to take off', async () => {
    const contactId = await stage.world.aContact();
    await block(stage.deps, stage.world.admin, contactId);
    const round = await planRound();
    const refused = {
      kind: 'refused',
      why: 'waiting-for-message',
      code: 'whatsapp-131047',
    } as const;
    await inTx(stage.deps, stage.world.admin, (ctx) =>
      recordRound(ctx, stage.world.place, round, { outcomes: [refused], restMs: null }),
    );
    expect(await stage.world.rowsOf(contactId)).toMatchObject([{ isListed: false, isDue: false }]);
    await unblock(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    expect(stage.world.list.calls).toEqual([]);
  });
});
