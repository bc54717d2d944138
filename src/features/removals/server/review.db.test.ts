import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { aPhone, aText, receive } from '#features/conversations/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { acknowledgeRequest } from './acknowledge-request.ts';
import { assignRequest } from './assign-request.ts';
import { changeRemovalSettings } from './change-settings.ts';
import { commentRequest } from './comment-request.ts';
import { listOwnRemovalRequests, listRemovalRequests } from './request-queries.ts';
import { revealItem } from './reveal-item.ts';
import { listComments } from './talk-queries.ts';
import { aRemovalsStage, outcomes, removalsOn } from './testing/removals-stage.ts';

const stage = aRemovalsStage();
const world = removalsOn(stage);

let a: string;
let b: string;
let id: string;
let stranger: Actor;
beforeEach(async () => {
  [a = '', b = ''] = await world.texts(2);
  const { requests } = await world.asks(stage.larissa, [a, b]);
  id = requests[0]?.id ?? '';
  stranger = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
});

const assign = (actor: Actor, assigneeId: string | null, requestId = id) =>
  inTx(stage.deps, actor, (ctx) => assignRequest(ctx, requestId, assigneeId));
const reveal = (actor: Actor, messageId: string, requestId = id) =>
  inTx(stage.deps, actor, (ctx) => revealItem(ctx, requestId, messageId));
const comment = (actor: Actor, text: string) =>
  inTx(stage.deps, actor, (ctx) => commentRequest(ctx, id, text));
const acknowledge = (actor: Actor) => inTx(stage.deps, actor, (ctx) => acknowledgeRequest(ctx, id));

describe('looking', () => {
  it('is for those who review, answers the real message, and each look is on record', async () => {
    const [elsewhere = ''] = await world.texts(1);
    const ends = await outcomes(
      reveal(stage.larissa, a),
      reveal(stranger, a),
      reveal(stage.diego, a, newId()),
      reveal(stage.diego, elsewhere),
    );
    expect(ends).toEqual([
      'forbidden',
      'message-not-found',
      'removal-request-not-found',
      'message-not-found',
    ]);
    expect((await reveal(stage.diego, a)).text).toMatch(/^ofensa/);
    await reveal(stage.diego, a);
    expect(await world.withheldOf(a)).toBe('covered');
    expect((await world.auditOf()).slice(1)).toEqual(['removals.revealed', 'removals.revealed']);
    const { rows } = await sql`select actor_id from cover_reveal where message_id = ${a}`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ actor_id: stage.diego.id }]);
    await world.decides(stage.diego, id, { [a]: 'remove' });
    expect(await outcomes(reveal(stage.diego, a))).toEqual(['removal-request-decided']);
  });
});

it('of what is kept the look shows no more than anybody sees: covered media stay covered', async () => {
  const payload = { mediaId: '1', mimeType: 'image/jpeg' };
  const content = { kind: 'image', text: 'legenda', payload } as const;
  const item = aText(stage.place, { phone: aPhone() }, { content });
  await receive(stage.deps, item);
  const { rows } = await sql<{ id: string }>`
    select id from message where external_id = ${item.externalId}`.execute(stage.deps.db);
  const picture = rows[0]?.id ?? '';
  const { requests } = await world.asks(stage.larissa, [picture]);
  const requestId = requests[0]?.id ?? '';
  expect((await reveal(stage.diego, picture, requestId)).text).toBe('legenda');
  await world.decides(stage.diego, requestId, { [picture]: 'keep' });
  const before = await world.auditOf();
  expect(await reveal(stage.bruna, picture, requestId)).toMatchObject({
    ...{ text: null, withheld: null, media: { isCovered: true, isWithheld: true } },
  });
  expect(await world.auditOf()).toEqual(before);
});

describe('taking', () => {
  it('is among those who review, until it is decided', async () => {
    expect(
      await outcomes(
        assign(stage.larissa, stage.larissa.id),
        assign(stage.diego, stage.larissa.id),
        assign(stage.diego, stranger.id),
        assign(stranger, null),
      ),
    ).toEqual(['forbidden', 'member-not-found', 'member-not-found', 'removal-request-not-found']);
    await assign(stage.diego, stage.bruna.id);
    expect(await world.sees(stage.diego, id)).toMatchObject({ assignee: { id: stage.bruna.id } });
    expect(await world.sees(stage.larissa, id)).toMatchObject({
      state: 'in-review',
      assignee: null,
    });
    await assign(stage.bruna, null);
    expect(await world.sees(stage.diego, id)).toMatchObject({ state: 'open', assignee: null });
    expect((await world.auditOf()).slice(1)).toEqual(['removals.assigned', 'removals.given-back']);
    await world.decides(stage.diego, id, { [a]: 'keep', [b]: 'keep' });
    expect(await outcomes(assign(stage.diego, stage.diego.id))).toEqual([
      'removal-request-decided',
    ]);
  });
});

describe('the two sides', () => {
  it('say something to each other, and nobody else reads it', async () => {
    await comment(stage.larissa, 'é urgente');
    await comment(stage.diego, 'estou vendo');
    const other = await aMember(stage.deps.db, stage.place.workspaceId, 'agent');
    expect(await outcomes(comment(other, 'oi'), comment(stranger, 'oi'))).toEqual([
      'removal-request-not-found',
      'removal-request-not-found',
    ]);
    const said = await listComments(stage.deps.db, stage.diego, id);
    expect(said.map(({ text, author }) => [text, author?.id])).toEqual([
      ['é urgente', stage.larissa.id],
      ['estou vendo', stage.diego.id],
    ]);
    expect((await world.sees(stage.larissa, id)).commentCount).toBe(2);
  });

  it('whoever asked reads neither who else asked nor who of the team answers', async () => {
    const other = await aMember(stage.deps.db, stage.place.workspaceId, 'agent');
    await world.asks(other, [a]);
    await comment(stage.larissa, 'é urgente');
    await comment(other, 'também acho');
    await comment(stage.diego, 'estou vendo');
    const readBy = async (actor: Actor) =>
      (await listComments(stage.deps.db, actor, id)).map(({ text, author }) => [text, author?.id]);
    const answer = ['estou vendo', undefined];
    expect(await readBy(stage.larissa)).toEqual([['é urgente', stage.larissa.id], answer]);
    expect(await readBy(other)).toEqual([['também acho', other.id], answer]);
    expect(await readBy(stage.bruna)).toEqual([
      ['é urgente', stage.larissa.id],
      ['também acho', other.id],
      ['estou vendo', stage.diego.id],
    ]);
    expect((await world.sees(other, id)).commentCount).toBe(2);
    expect((await world.sees(stage.bruna, id)).commentCount).toBe(3);
  });

  it('whoever asked reads who reviews also when these asked as well, by what they are now', async () => {
    const { db } = stage.deps;
    await world.asks(stage.diego, [a]);
    await comment(stage.diego, 'pedi também, e estou vendo');
    await comment(stage.larissa, 'é urgente');
    const readBy = async (actor: Actor) => {
      const { commentCount } = await world.sees(actor, id);
      const said = await listComments(db, actor, id);
      expect(said).toHaveLength(commentCount);
      return said.map(({ text, author }) => [text, author?.id]);
    };
    const own = ['é urgente', stage.larissa.id];
    expect(await readBy(stage.larissa)).toEqual([['pedi também, e estou vendo', undefined], own]);
    const [met = ''] = await world.texts(1);
    id = (await world.removesAtSight(stage.diego, [met])).requestId;
    await sql`insert into removal_asker (workspace_id, request_id, asker_kind, asker_id, reason)
      values (${stage.place.workspaceId}, ${id}, 'member', ${stage.larissa.id}::uuid, 'offense')`.execute(
      db,
    );
    await comment(stage.diego, 'já removi');
    expect(await readBy(stage.larissa)).toEqual([['já removi', undefined]]);
    await sql`update member set role = 'agent' where id = ${stage.diego.id}`.execute(db);
    expect(await readBy(stage.larissa)).toEqual([]);
  });

  it('whoever asked reads a key that asked as well only where it may review', async () => {
    const { db } = stage.deps;
    const { workspaceId } = stage.place;
    const saidBy = async (role: Actor['role'], scopes: readonly string[]) => {
      const keyId = newId();
      await sql`insert into api_key (workspace_id, id, name, role, scopes, prefix, secret_hash, created_by)
        values (${workspaceId}, ${keyId}, 'Robô', ${role}, ${[...scopes]}::text[], ${keyId.slice(-8)},
                ${Buffer.from(keyId)}, ${stage.admin.id}::uuid)`.execute(db);
      await sql`insert into removal_asker (workspace_id, request_id, asker_kind, asker_id, reason)
        values (${workspaceId}, ${id}, 'api-key', ${keyId}, 'offense')`.execute(db);
      await comment({ kind: 'api-key', id: keyId, workspaceId, role, scopes }, scopes.join(' '));
    };
    const ask = 'removals:write';
    await saidBy('moderator', [ask, 'removals:decide']);
    await saidBy('moderator', [ask]);
    await saidBy('agent', [ask, 'removals:decide']);
    const said = await listComments(db, stage.larissa, id);
    expect(said.map(({ text }) => text)).toEqual([`${ask} removals:decide`]);
  });

  it('whoever asked finds out by no filter whose the request is', async () => {
    await assign(stage.diego, stage.diego.id);
    const found = async (actor: Actor, assigneeId: string) => {
      const query = { state: 'all', limit: 10, assigneeId } as const;
      return (await listRemovalRequests(stage.deps.db, actor, query)).items.length;
    };
    expect(await found(stage.bruna, stage.diego.id ?? '')).toBe(1);
    expect(await found(stage.larissa, stage.diego.id ?? '')).toBe(0);
    await assign(stage.diego, null);
    expect([await found(stage.bruna, 'none'), await found(stage.larissa, 'none')]).toEqual([1, 0]);
  });

  it('whoever asked is told until they have read it', async () => {
    const own = async (actor: Actor) =>
      (await listOwnRemovalRequests(stage.deps.db, actor)).map((one) => one.state);
    expect([await own(stage.larissa), await own(stage.diego)]).toEqual([['open'], []]);
    expect(await outcomes(acknowledge(stage.larissa), acknowledge(stage.diego))).toEqual([
      'removal-request-open',
      'removal-request-not-found',
    ]);
    await world.decides(stage.diego, id, { [a]: 'keep', [b]: 'keep' });
    expect(await own(stage.larissa)).toEqual(['refused']);
    await acknowledge(stage.larissa);
    expect(await own(stage.larissa)).toEqual([]);
  });
});

describe('the settings', () => {
  it('are the administrators’ and hold for requests from now on', async () => {
    const change = (actor: Actor) =>
      inTx(stage.deps, actor, (ctx) =>
        changeRemovalSettings(ctx, { decideWithinHours: 1, twoPersonReasons: [] }),
      );
    expect(await outcomes(change(stage.diego))).toEqual(['forbidden']);
    await change(stage.admin);
    const [one = ''] = await world.texts(1);
    const { requests } = await world.asks(stage.larissa, [one]);
    const { openedAt, dueAt } = await world.sees(stage.admin, requests[0]?.id ?? '');
    const hours = (Date.parse(dueAt) - Date.parse(openedAt)) / 3_600_000;
    expect(hours).toBeCloseTo(1, 2);
  });
});
