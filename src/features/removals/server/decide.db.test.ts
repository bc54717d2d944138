import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { mostAskedPerHour } from '../contract.ts';
import { changeRemovalSettings } from './change-settings.ts';
import { aRemovalsStage, outcomes, removalsOn } from './testing/removals-stage.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);

let a: string;
let b: string;
let id: string;
beforeEach(async () => {
  [a = '', b = ''] = await world.texts(2);
  const { requests } = await world.asks(stage.larissa, [a, b]);
  id = requests[0]?.id ?? '';
});

const setTwo = (...twoPersonReasons: ('offense' | 'sexual')[]) =>
  inTx(stage.deps, stage.admin, (ctx) =>
    changeRemovalSettings(ctx, { decideWithinHours: 3, twoPersonReasons }),
  );
const key = (role: Actor['role'], scopes?: readonly string[]): Actor => ({
  kind: 'api-key',
  id: newId(),
  workspaceId: stage.place.workspaceId,
  role,
  ...(scopes === undefined ? {} : { scopes }),
});

describe('the first of two', () => {
  it('leaves what they ticked for the second to see, and for nobody who only asked', async () => {
    await setTwo('offense');
    await world.decides(stage.diego, id, { [a]: 'remove' }, { also: [b] });
    expect((await world.sees(stage.bruna, id)).items).toMatchObject([
      { messageId: a, proposedBy: { id: stage.diego.id }, proposedAlso: [b] },
      { messageId: b, proposedBy: null, proposedAlso: [] },
    ]);
    expect((await world.sees(stage.larissa, id)).items).toMatchObject([
      { proposedAlso: [] },
      { proposedAlso: [] },
    ]);
  });
});

describe('deciding', () => {
  it('item by item keeps what is kept and removes the rest for good', async () => {
    await world.decides(stage.diego, id, { [a]: 'keep' }, { answer: 'isto fica' });
    expect(await world.sees(stage.admin, id)).toMatchObject({
      state: 'in-review',
      assignee: { id: stage.diego.id },
      decidedAt: null,
    });
    expect([await world.withheldOf(a), await world.withheldOf(b)]).toEqual([null, 'covered']);
    await world.decides(stage.bruna, id, { [b]: 'remove' });
    expect(await world.withheldOf(b)).toBe('removed');
    const request = await world.sees(stage.admin, id);
    expect(request).toMatchObject({ state: 'removing', finishedAt: null });
    expect(request.decidedAt).not.toBeNull();
    expect(request.items).toMatchObject([
      {
        ...{ messageId: a, state: 'kept', answer: 'isto fica', decidedFor: 'other' },
        decidedBy: { id: stage.diego.id },
      },
      {
        ...{ messageId: b, state: 'removed', answer: null, decidedFor: 'offense' },
        decidedBy: { id: stage.bruna.id },
      },
    ]);
    const { rows } = await sql`select details ->> 'reason' as reason from audit_event
      where workspace_id = ${stage.place.workspaceId} and action like 'removals.message-%' order by at, id`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ reason: 'other' }, { reason: 'offense' }]);
    expect(await world.auditOf()).toEqual([
      'removals.asked',
      'removals.message-kept',
      'removals.message-removed',
    ]);
  });

  it('that everything stays refuses the request at once', async () => {
    await world.decides(stage.diego, id, { [a]: 'keep', [b]: 'keep' });
    const request = await world.sees(stage.admin, id);
    expect(request).toMatchObject({ state: 'refused', checklist: [] });
    expect(request.finishedAt).not.toBeNull();
    expect((await world.asks(stage.larissa, [a])).requests[0]?.id).not.toBe(id);
  });

  it('is for those who review, in their own workspace', async () => {
    const stranger = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    const keep = { [a]: 'keep' } as const;
    expect(
      await outcomes(
        world.decides(stage.larissa, id, keep),
        world.decides(key('moderator', ['removals:write']), id, keep),
        world.decides(stranger, id, keep),
        world.decides(stage.diego, newId(), keep),
        world.decides(stage.diego, id, { [newId()]: 'keep' }),
        world.removesAtSight(stage.larissa, [a]),
      ),
    ).toEqual([
      'forbidden',
      'forbidden',
      'removal-request-not-found',
      'removal-request-not-found',
      'message-not-found',
      'forbidden',
    ]);
    expect(await outcomes(world.decides(key('moderator'), id, keep))).toEqual(['done']);
  });

  it('happens once: of several at the same time one wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one = ''] = await world.texts(1);
      const { requests } = await world.asks(stage.larissa, [one]);
      const requestId = requests[0]?.id ?? '';
      const ends = await outcomes(
        world.decides(stage.diego, requestId, { [one]: 'remove' }),
        world.decides(stage.bruna, requestId, { [one]: 'keep' }),
        world.decides(stage.admin, requestId, { [one]: 'remove' }),
      );
      expect([...ends].sort()).toEqual([
        'done',
        'removal-request-decided',
        'removal-request-decided',
      ]);
      expect(await world.withheldOf(one)).toBe(ends[1] === 'done' ? null : 'removed');
    }
  });

  it('while somebody asks again leaves nothing covered that nobody decides', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one = ''] = await world.texts(1);
      const { requests } = await world.asks(stage.larissa, [one]);
      const requestId = requests[0]?.id ?? '';
      const [, asked] = await outcomes(
        world.decides(stage.diego, requestId, { [one]: round % 2 === 0 ? 'keep' : 'remove' }),
        world.asks(stage.bruna, [one]),
      );
      const { rows } = await sql<{ open: number }>`select count(*)::int as open from removal_item
        where message_id = ${one} and state = 'open'`.execute(stage.deps.db);
      const withheld = await world.withheldOf(one);
      expect(withheld === 'covered').toBe(rows[0]?.open === 1);
      expect(['done', 'message-not-removable']).toContain(asked);
    }
  });
});

describe('two people', () => {
  it('must say so where the workspace wants it, and a key is nobody', async () => {
    await setTwo('offense');
    expect((await world.sees(stage.diego, id)).needsTwo).toBe(true);
    const remove = { [a]: 'remove' } as const;
    await world.decides(stage.diego, id, remove);
    expect(await world.withheldOf(a)).toBe('covered');
    expect(await world.sees(stage.admin, id)).toMatchObject({
      state: 'in-review',
      items: [{ state: 'open', proposedBy: { id: stage.diego.id } }, { proposedBy: null }],
    });
    expect((await world.sees(stage.larissa, id)).items[0]?.proposedBy).toBeNull();
    expect(
      await outcomes(
        world.decides(stage.diego, id, remove),
        world.decides(key('administrator'), id, remove),
      ),
    ).toEqual(['second-person-needed', 'second-person-needed']);
    await world.decides(stage.bruna, id, remove);
    expect(await world.withheldOf(a)).toBe('removed');
    await world.decides(stage.bruna, id, { [b]: 'keep' });
    expect(await world.sees(stage.admin, id)).toMatchObject({ state: 'removing', needsTwo: true });
    expect(await world.auditOf()).toEqual([
      'removals.asked',
      'removals.settings-changed',
      'removals.removal-proposed',
      'removals.message-removed',
      'removals.message-kept',
    ]);
  });

  it('of whom both are second at once remove it once', async () => {
    await setTwo('offense');
    await world.decides(stage.diego, id, { [a]: 'remove' });
    const ends = await outcomes(
      world.decides(stage.bruna, id, { [a]: 'remove' }),
      world.decides(stage.admin, id, { [a]: 'remove' }),
    );
    expect(ends.sort()).toEqual(['done', 'removal-request-decided']);
  });

  it('are needed at sight too: what was met stays covered until the second', async () => {
    await setTwo('sexual');
    const [met = ''] = await world.texts(1);
    const { requestId } = await world.removesAtSight(stage.diego, [met]);
    expect(await world.sees(stage.bruna, requestId)).toMatchObject({
      state: 'in-review',
      isAtSight: true,
      items: [{ state: 'open', proposedBy: { id: stage.diego.id } }],
    });
    expect(await world.withheldOf(met)).toBe('covered');
    const more = await world.texts(mostAskedPerHour);
    const [last = '', ...most] = more;
    await world.removesAtSight(stage.diego, most);
    expect(await outcomes(world.removesAtSight(stage.diego, [last]))).toEqual([
      'too-many-removal-requests',
    ]);
    expect(await world.withheldOf(last)).toBeNull();
    await world.decides(stage.bruna, requestId, { [met]: 'remove' });
    expect(await world.withheldOf(met)).toBe('removed');
    // What is gone is no cover.
    await world.removesAtSight(stage.diego, [last]);
  });
});

describe('at sight', () => {
  it('a request is opened and decided in one step', async () => {
    const [met = ''] = await world.texts(1);
    const { requestId } = await world.removesAtSight(stage.diego, [met]);
    expect(await world.sees(stage.admin, requestId)).toMatchObject({
      state: 'removing',
      isAtSight: true,
      askers: [{ id: stage.diego.id, reason: 'sexual' }],
      items: [{ state: 'removed' }],
    });
    expect((await world.auditOf()).slice(-2)).toEqual([
      'removals.opened-at-sight',
      'removals.message-removed',
    ]);
  });

  it('what somebody has asked for is decided there', async () => {
    const { requestId } = await world.removesAtSight(stage.diego, [a]);
    expect(requestId).toBe(id);
    expect(await world.sees(stage.admin, id)).toMatchObject({ state: 'in-review' });
    expect([await world.withheldOf(a), await world.withheldOf(b)]).toEqual(['removed', 'covered']);
  });
});

describe('a block in the same step', () => {
  const block = { reason: 'offense', note: 'insiste', upstream: false } as const;

  it('is the administrators’', async () => {
    const decide = (actor: Actor) =>
      world.decides(actor, id, { [a]: 'remove', [b]: 'keep' }, { block });
    expect(await outcomes(decide(stage.diego))).toEqual(['forbidden']);
    expect(await world.withheldOf(a)).toBe('covered');
    expect((await decide(stage.admin)).blockedContactId).not.toBeNull();
    const { rows } = await sql<{ reason: string; note: string }>`select reason, note from block
      where workspace_id = ${stage.place.workspaceId} and lifted_at is null`.execute(stage.deps.db);
    expect(rows).toEqual([{ reason: 'offense', note: 'insiste' }]);
    expect([await world.withheldOf(a), await world.withheldOf(b)]).toEqual(['removed', null]);
  });

  it('is not made when the decision is not', async () => {
    await world.decides(stage.diego, id, { [a]: 'keep', [b]: 'keep' });
    const late = world.decides(stage.admin, id, { [a]: 'remove' }, { block });
    expect(await outcomes(late)).toEqual(['removal-request-decided']);
    const { rows } = await sql`select 1 from block
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect(rows).toEqual([]);
  });

  it('goes with what is removed at sight, and with history of the blocked', async () => {
    const [met = '', other = ''] = await world.texts(2);
    await world.removesAtSight(stage.admin, [met], block);
    await world.removesAtSight(stage.diego, [other]);
    expect([await world.withheldOf(met), await world.withheldOf(other)]).toEqual([
      'removed',
      'removed',
    ]);
  });
});
