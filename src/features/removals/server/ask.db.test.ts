import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { aPhone } from '#features/conversations/server/testing.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { mostAskedPerHour } from '../contract.ts';
import { suggestRemoval } from './open-request.ts';
import {
  countRemovalRequests,
  findRemovalRequest,
  listRemovalRequests,
} from './request-queries.ts';
import { aRemovalsStage, outcomes, removalsOn } from './testing/removals-stage.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);
const all = { state: 'all', limit: 50 } as const;

const aKey = (role: Actor['role']): Actor => ({
  kind: 'api-key',
  id: newId(),
  workspaceId: stage.place.workspaceId,
  role,
});

describe('asking', () => {
  it('covers at once and opens one request; nothing of the words is in the record', async () => {
    const [first = '', second = '', other = ''] = await world.texts(3);
    const asked = await world.asks(stage.larissa, [second, first], { note: 'me ofendeu' });
    const [{ id } = { id: '' }] = asked.requests;
    expect(asked.coveredIds).toEqual([first, second].sort());
    expect(await Promise.all([first, second, other].map(world.withheldOf))).toEqual([
      'covered',
      'covered',
      null,
    ]);
    expect(await world.sees(stage.diego, id)).toMatchObject({
      number: 1,
      state: 'open',
      contactName: 'Ana',
      isOwn: false,
      isAtSight: false,
      isOverdue: false,
      needsTwo: false,
      assignee: null,
      askers: [{ kind: 'member', id: stage.larissa.id, reason: 'offense', note: 'me ofendeu' }],
      items: [first, second].map((messageId) => ({
        messageId,
        state: 'open',
        direction: 'in',
        type: 'text',
        copies: 0,
      })),
      checklist: [],
    });
    const { rows } = await sql<{ details: object }>`select details from audit_event
      where workspace_id = ${stage.place.workspaceId} and action = 'removals.asked'`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([
      { details: { requestId: id, number: 1, reason: 'offense', messages: 2 } },
    ]);
    expect(await world.jobsOf(`removal-due:${id}`)).toBe(1);
  });

  it('joins what is asked for already and opens the rest', async () => {
    const [a = '', b = ''] = await world.texts(2);
    const first = await world.asks(stage.larissa, [a]);
    const second = await world.asks(stage.diego, [a, b], { reason: 'fraud' });
    expect(second.requests.map(({ messageIds }) => messageIds)).toEqual([[a], [b]]);
    expect(second.requests[0]?.id).toBe(first.requests[0]?.id);
    expect(second.coveredIds).toEqual([a, b].sort());
    const joined = await world.sees(stage.admin, first.requests[0]?.id ?? '');
    expect(joined.askers.map(({ id, reason }) => [id, reason])).toEqual([
      [stage.larissa.id, 'offense'],
      [stage.diego.id, 'fraud'],
    ]);
    expect((await world.sees(stage.admin, second.requests[1]?.id ?? '')).number).toBe(2);
    await world.asks(stage.larissa, [a], { note: 'de novo' });
    expect(await world.auditOf()).toEqual(['removals.asked', 'removals.joined', 'removals.asked']);
    expect((await world.sees(stage.larissa, joined.id)).askers).toMatchObject([
      { note: 'de novo' },
    ]);
  });

  it('at the same time is one request', async () => {
    const ids = await world.texts(2);
    const actors = [stage.larissa, stage.diego, stage.admin, stage.bruna];
    const asked = await Promise.all(actors.map((actor) => world.asks(actor, ids)));
    expect(new Set(asked.flatMap(({ requests }) => requests.map(({ id }) => id))).size).toBe(1);
    const page = await listRemovalRequests(stage.deps.db, stage.admin, all);
    expect(page.items.map(({ askers }) => askers.length)).toEqual([4]);
  });

  it('for what one wrote oneself is marked, and comes first', async () => {
    const [a = '', b = ''] = await world.texts(2);
    await world.asks(stage.diego, [a]);
    await sql`update message set author_kind = 'member', author_id = ${stage.larissa.id}
      where id = ${b}`.execute(stage.deps.db);
    await world.asks(stage.larissa, [b]);
    const page = await listRemovalRequests(stage.deps.db, stage.admin, {
      ...all,
      state: 'waiting',
    });
    expect(page.items.map(({ number, isOwn }) => [number, isOwn])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  it('is of one conversation, of messages that are there and not gone', async () => {
    const [mine = ''] = await world.texts(1);
    const [theirs = ''] = await world.texts(1, aPhone());
    const ends = await outcomes(
      world.asks(stage.larissa, [mine, theirs]),
      world.asks(stage.larissa, [newId()]),
      world.asks(aKey('agent'), [mine]),
    );
    expect(ends).toEqual(['message-not-removable', 'message-not-found', 'done']);
    await world.removesAtSight(stage.diego, [mine]);
    expect(await outcomes(world.asks(stage.larissa, [mine]))).toEqual(['message-not-removable']);
    const elsewhere = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    expect(await outcomes(world.asks(elsewhere, [theirs]))).toEqual(['message-not-found']);
    expect(await world.withheldOf(theirs)).toBeNull();
  });

  it('is no weapon: beyond fifty within an hour it is refused and covers nothing', async () => {
    const ids = await world.texts(mostAskedPerHour + 2);
    await world.asks(stage.larissa, ids.slice(0, mostAskedPerHour - 1));
    const [last = '', more = '', another = ''] = ids.slice(mostAskedPerHour - 1);
    const ends = await outcomes(
      world.asks(stage.larissa, [last]),
      world.asks(stage.larissa, [more]),
    );
    expect(ends.sort()).toEqual(['done', 'too-many-removal-requests']);
    expect(await outcomes(world.asks(stage.larissa, [another]))).toEqual([
      'too-many-removal-requests',
    ]);
    expect(await world.withheldOf(another)).toBeNull();
    // Another asker has their own fifty; whoever removes at sight asks for nothing.
    expect(await outcomes(world.asks(stage.diego, [another]))).toEqual(['done']);
  });
});

describe('a request', () => {
  it('is seen by who asked, as far as it is theirs, and by the team', async () => {
    const [a = ''] = await world.texts(1);
    const { requests } = await world.asks(stage.larissa, [a], { note: 'minha' });
    const id = requests[0]?.id ?? '';
    await world.asks(stage.diego, [a], { note: 'do Diego', reason: 'fraud' });
    await world.decides(stage.diego, id, { [a]: 'remove' }, { answer: 'obrigado' });
    const seen = await world.sees(stage.larissa, id);
    expect(seen).toMatchObject({
      askers: [{ note: 'minha' }],
      items: [{ answer: 'obrigado', decidedBy: null, proposedBy: null, sameBytes: 0 }],
      checklist: [],
    });
    expect(JSON.stringify(seen)).not.toContain('do Diego');
    const filter = { ...all, reason: 'fraud' } as const;
    const { db } = stage.deps;
    expect((await listRemovalRequests(db, stage.larissa, filter)).items).toEqual([]);
    expect((await listRemovalRequests(db, stage.admin, filter)).items).toHaveLength(1);
    const other = await aMember(db, stage.place.workspaceId, 'agent');
    const elsewhere = await aMember(db, await aWorkspace(db));
    for (const stranger of [other, elsewhere]) {
      expect(await findRemovalRequest(db, stranger, id)).toBeUndefined();
      expect((await listRemovalRequests(db, stranger, all)).items).toEqual([]);
    }
    expect((await listRemovalRequests(db, stage.larissa, all)).items).toHaveLength(1);
  });

  it('is found by its filters, page by page, and counted', async () => {
    const ids = await world.texts(5);
    for (const id of ids) {
      await world.asks(stage.larissa, [id]);
    }
    const { db } = stage.deps;
    const numbers = async (query: object): Promise<number[]> => {
      const found: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await listRemovalRequests(db, stage.diego, {
          state: 'waiting',
          limit: 2,
          ...query,
          cursor,
        });
        found.push(...page.items.map(({ number }) => number));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return found;
    };
    await sql`update removal_request set due_at = clock_timestamp() - number * interval '1 minute'
      where workspace_id = ${stage.place.workspaceId} and number > 2`.execute(db);
    expect(await numbers({})).toEqual([5, 4, 3, 1, 2]);
    expect(await numbers({ overdue: 'true' })).toEqual([5, 4, 3]);
    expect(await numbers({ overdue: 'false' })).toEqual([1, 2]);
    expect(await numbers({ state: 'all' })).toEqual([5, 4, 3, 2, 1]);
    expect(await numbers({ assigneeId: 'none' })).toHaveLength(5);
    expect(await numbers({ assigneeId: stage.diego.id })).toEqual([]);
    expect(await numbers({ channelId: stage.place.channelId, reason: 'offense' })).toHaveLength(5);
    const [request] = (await listRemovalRequests(db, stage.diego, all)).items;
    expect(await numbers({ contactId: request?.contactId })).toHaveLength(5);
    expect(await numbers({ contactId: newId() })).toEqual([]);
    expect(await countRemovalRequests(db, stage.diego)).toEqual({
      waiting: 5,
      overdue: 3,
      mine: 0,
    });
    expect(await countRemovalRequests(db, stage.bruna)).toMatchObject({ waiting: 5 });
  });
});

describe('a suggestion', () => {
  it('is Guarita’s own, and a person’s to decide', async () => {
    const [a = ''] = await world.texts(1);
    const suggest = (actor: Actor) =>
      inTx(stage.deps, actor, (ctx) => suggestRemoval(ctx, { messageIds: [a], reason: 'sexual' }));
    await expect(suggest(stage.admin)).rejects.toThrow('only the system');
    const { requests } = await suggest(systemActor(stage.place.workspaceId));
    const id = requests[0]?.id ?? '';
    expect(await world.sees(stage.diego, id)).toMatchObject({
      state: 'open',
      askers: [{ kind: 'system', name: 'Guarita', note: null }],
    });
    await world.decides(stage.diego, id, { [a]: 'keep' });
    expect(await world.withheldOf(a)).toBeNull();
  });
});
