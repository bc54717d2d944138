import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { aPhone } from '#features/conversations/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { suggestRemoval } from './open-request.ts';
import { aRemovalsStage, outcomes, removalsOn } from './testing/removals-stage.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);

/** One message, and what was forwarded of it to somebody else. */
let source: string;
let copy: string;

beforeEach(async () => {
  [source = ''] = await world.texts(1);
  [copy = ''] = await world.texts(1, aPhone());
  await sql`update message set forwarded_from = ${source} where id = ${copy}`.execute(
    stage.deps.db,
  );
});

const requestOf = async (...asked: Parameters<typeof world.asks>): Promise<string> =>
  (await world.asks(...asked)).requests[0]?.id ?? '';
const openItems = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from removal_item
    where workspace_id = ${stage.place.workspaceId} and state = 'open'`.execute(stage.deps.db);
  return rows[0]?.n ?? 0;
};

describe('a copy of what somebody asked for', () => {
  it('joins that request, whichever of the two was asked for first', async () => {
    const id = await requestOf(stage.larissa, [source]);
    const second = await world.asks(stage.bruna, [copy], { reason: 'fraud' });
    expect(second.requests).toEqual([{ id, messageIds: [copy] }]);
    expect(second.coveredIds).toContain(copy);
    const seen = await world.sees(stage.diego, id);
    expect(seen.askers.map((one) => one.id)).toEqual([stage.larissa.id, stage.bruna.id]);
    expect(seen.items).toMatchObject([{ messageId: source, copies: 1 }]);
    expect(await openItems()).toBe(1);
    await world.decides(stage.diego, id, { [source]: 'keep' });
    expect([await world.withheldOf(source), await world.withheldOf(copy)]).toEqual([null, null]);

    // Decided, it covers nothing any more: whoever asks now opens another, and the first message joins that.
    const next = await requestOf(stage.bruna, [copy]);
    expect(next).not.toBe(id);
    expect(await requestOf(stage.larissa, [source])).toBe(next);
  });

  it('asked for at the same time is one request', async () => {
    const asked = await Promise.all([
      requestOf(stage.larissa, [source]),
      requestOf(stage.bruna, [copy]),
      requestOf(stage.diego, [copy]),
    ]);
    expect(new Set(asked).size).toBe(1);
  });

  it('is marked as one’s own where it is what the asker sent', async () => {
    const id = await requestOf(stage.larissa, [source]);
    await sql`update message set author_kind = 'member', author_id = ${stage.bruna.id}
      where id = ${copy}`.execute(stage.deps.db);
    await requestOf(stage.bruna, [copy]);
    expect((await world.sees(stage.diego, id)).isOwn).toBe(true);
  });

  it('removed at sight, decides what was asked for', async () => {
    const id = await requestOf(stage.larissa, [source]);
    const { requestId } = await world.removesAtSight(stage.diego, [copy]);
    expect(requestId).toBe(id);
    expect([await world.withheldOf(source), await world.withheldOf(copy)]).toEqual([
      'removed',
      'removed',
    ]);
    expect(await world.sees(stage.larissa, id)).toMatchObject({ state: 'removing' });
    expect(await outcomes(world.asks(stage.bruna, [copy]))).toEqual(['message-not-removable']);
  });

  it('stands beside a suggestion of Guarita’s, which is about that very file', async () => {
    const one = await requestOf(stage.larissa, [source]);
    const { requests } = await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      suggestRemoval(ctx, { messageIds: [copy], reason: 'sexual' }),
    );
    const other = requests[0]?.id ?? '';
    expect(other).not.toBe(one);
    expect((await world.sees(stage.diego, one)).items).toMatchObject([{ copies: 1 }]);
    await world.decides(stage.diego, one, { [source]: 'remove' });
    expect(await world.withheldOf(copy)).toBe('removed');
    expect(await world.sees(stage.bruna, other)).toMatchObject({
      state: 'removing',
      items: [{ state: 'removed' }],
    });
    const payload = { workspaceId: stage.place.workspaceId, requestId: other };
    await world.runs('removals.settle', payload);
    await world.runs('removals.tidy-tables');
    expect((await world.sees(stage.bruna, other)).state).toBe('removed');
  });
});
