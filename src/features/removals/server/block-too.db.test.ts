import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { blockContact } from '#features/gate/server/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { aRemovalsStage, removalsOn } from './testing/removals-stage.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);
const wish = { reason: 'offense', note: 'junto com a remoção', upstream: false } as const;

const blocksOf = async () => {
  const { rows } = await sql`select reason, note, expires_at as "expiresAt", upstream from block
    where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
  return rows;
};

describe('a block in the step that decides', () => {
  it('leaves a colleague’s as it is, and says so', async () => {
    const [message = '', other = ''] = await world.texts(2);
    const id = (await world.asks(stage.larissa, [message])).requests[0]?.id ?? '';
    const first = await world.decides(stage.admin, id, { [message]: 'remove' }, { block: wish });
    expect(first.blockedBefore).toBe(false);
    const again = await world.removesAtSight(stage.admin, [other], { ...wish, note: 'outra' });
    expect(again).toMatchObject({ blockedBefore: true, blockedContactId: first.blockedContactId });
    expect(await blocksOf()).toMatchObject([{ note: 'junto com a remoção', upstream: false }]);
  });

  it('crossing a colleague’s own never overwrites that', async () => {
    const colleague = await aMember(stage.deps.db, stage.place.workspaceId);
    for (let n = 0; n < 4; n += 1) {
      const phone = `${stage.phone.slice(0, -2)}${40 + n}`;
      const [message = ''] = await world.texts(1, phone);
      const id = (await world.asks(stage.larissa, [message])).requests[0]?.id ?? '';
      const { contactId } = await world.sees(stage.admin, id);
      const expiresAt = new Date(Date.now() + 86_400_000);
      const theirs = { contactId, reason: 'fraud', note: 'deles', expiresAt } as const;
      await Promise.all([
        world.decides(stage.admin, id, { [message]: 'remove' }, { block: wish }),
        inTx(stage.deps, colleague, (ctx) => blockContact(ctx, theirs)),
      ]);
      const { rows } = await sql`select reason, note, expires_at as "expiresAt" from block
        where contact_id = ${contactId}`.execute(stage.deps.db);
      // Whichever came first: the colleague blocked or changed the block on purpose.
      expect(rows).toEqual([{ reason: 'fraud', note: 'deles', expiresAt }]);
    }
  });
});
