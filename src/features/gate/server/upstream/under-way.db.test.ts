import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockContacts } from '#features/contacts/server/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { mergeBlocks } from '../extend-block.ts';
import { block, unblock } from '../testing.ts';
import { nextRound, recordRound } from './apply-upstream.ts';
import { anUpstreamWorld, type UpstreamWorld } from './testing/upstream-world.ts';

let deps: TestDeps;
let world: UpstreamWorld;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  world = await anUpstreamWorld(deps);
});

/** As the job does, up to the moment at which WhatsApp has put them on the list. */
const planRound = async () => {
  const next = await inTx(deps, world.admin, (ctx) => nextRound(ctx, world.place));
  if (next.kind !== 'round') {
    throw new Error(`nothing to ask for: ${next.kind}`);
  }
  return next.round;
};

const done = { outcomes: [{ kind: 'done' } as const], restMs: null };

describe('a request for a block that is under way', () => {
  it('and whose process dies: an unblock takes the person off the list', async () => {
    const contactId = await world.aContact();
    await block(deps, world.admin, contactId);
    await planRound();
    await unblock(deps, world.admin, contactId);
    await world.apply();
    expect(world.list.calls).toMatchObject([{ verb: 'unblock' }]);
  });

  it('for somebody who is merged meanwhile: an unblock takes the person off the list', async () => {
    const [contactId, keepId] = [await world.aContact(), await world.aContact()];
    await block(deps, world.admin, contactId);
    const round = await planRound();
    await inTx(deps, world.admin, async (ctx) => {
      const { workspaceId } = world;
      await lockContacts(
        ctx.tx,
        [contactId, keepId].map((id) => ({ workspaceId, contactId: id })),
      );
      await mergeBlocks(ctx, keepId, contactId);
    });
    await inTx(deps, world.admin, (ctx) => recordRound(ctx, world.place, round, done));
    await unblock(deps, world.admin, keepId);
    await world.apply();
    const [value] = round.rows.map((row) => row.value);
    const removed = world.list.calls.filter(({ verb }) => verb === 'unblock');
    expect(removed.flatMap((call) => call.addresses)).toContainEqual({ kind: 'phone', value });
  });

  it('and is refused: there is nothing to take off', async () => {
    const contactId = await world.aContact();
    await block(deps, world.admin, contactId);
    const round = await planRound();
    const refused = {
      kind: 'refused',
      why: 'waiting-for-message',
      code: 'whatsapp-131047',
    } as const;
    await inTx(deps, world.admin, (ctx) =>
      recordRound(ctx, world.place, round, { outcomes: [refused], restMs: null }),
    );
    expect(await world.rowsOf(contactId)).toMatchObject([{ isListed: false, isDue: false }]);
    await unblock(deps, world.admin, contactId);
    await world.apply();
    expect(world.list.calls).toEqual([]);
  });
});
