import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { claimNextMessage } from '../claim-dispatch.ts';
import { readCovered } from '../message-queries.ts';
import { reactToMessage } from '../react-to-message.ts';
import { sendMessage } from '../send-message.ts';
import { sendStopped } from '../stopped/decide-stopped.ts';
import { aStage } from '../testing/stage.ts';
import { withholdOn } from '../testing/withhold-world.ts';
import { anAction, receive, type Thread } from '../testing.ts';
import { insertCoverReveal } from './cover-messages.ts';
import { findRemovable } from './find-removable.ts';
import { countCopies } from './same-bytes-queries.ts';

const stage = aStage();
const world = withholdOn(stage);

let ana: Thread & { phone: string };
let bia: Thread & { phone: string };
let caio: Thread & { phone: string };
beforeEach(async () => {
  const [a, b, c] = await world.people(3);
  if (a === undefined || b === undefined || c === undefined) {
    throw new Error('three people');
  }
  [ana, bia, caio] = [a, b, c];
});

const nothing = {
  text: null,
  summary: null,
  content: null,
  media: null,
  reactions: [],
  withheld: 'covered',
};

describe('a cover', () => {
  it('withholds the message and its whole lineage, from whichever of them it was asked', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const [first = ''] = await world.forwards(id, [bia]);
    const [second = ''] = await world.forwards(first, [caio]);
    const [third = ''] = await world.forwards(second, [ana]);
    const requestId = newId();
    const covered = await world.covers(requestId, second);
    expect(new Set(covered)).toEqual(new Set([id, first, second, third]));
    for (const one of covered) {
      expect(await world.shown(one)).toMatchObject(nothing);
    }
    const copies = await countCopies(stage.deps.db, stage.place.workspaceId, requestId);
    expect([...copies]).toEqual([[second, 3]]);
  });

  it('joins copies whose source is gone', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const [first = '', other = ''] = await world.forwards(id, [bia, caio]);
    await sql`delete from message where id = ${id}`.execute(stage.deps.db);
    expect(new Set(await world.covers(newId(), first))).toEqual(new Set([first, other]));
  });

  it('is lifted with everything exactly as it was, quotation, reaction and file included', async () => {
    const image = { kind: 'image', payload: { mediaId: '1', mimeType: 'image/jpeg' } } as const;
    const { id, item } = await world.writes(ana.phone, '', { content: { ...image, text: 'foto' } });
    await runFetch(
      stage.deps,
      aMediaChannel(await aPicture()).channel,
      stage.place.workspaceId,
      id,
    );
    const like = { kind: 'reaction', emoji: '👍' } as const;
    await receive(stage.deps, anAction(stage.place, { phone: ana.phone }, item.externalId, like));
    const reply = await world.answers(ana, 'resposta', id);
    const before = [await world.shown(id), await world.shown(reply)];
    const requestId = newId();
    await world.covers(requestId, id);
    expect(await world.shown(id)).toMatchObject(nothing);
    expect((await world.shown(reply)).replyTo).toMatchObject({ text: null, withheld: 'covered' });
    await world.restores(requestId, id);
    expect([await world.shown(id), await world.shown(reply)]).toEqual(before);
    expect(await world.count('message_cover')).toBe(0);
  });

  it('stays while another request covers the same message', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const [copy = ''] = await world.forwards(id, [bia]);
    const [one, two] = [newId(), newId()];
    await world.covers(one, id);
    await world.covers(two, copy);
    await world.restores(one, id);
    expect([(await world.shown(id)).withheld, (await world.shown(copy)).withheld]).toEqual([
      'covered',
      'covered',
    ]);
    await world.restores(two, copy);
    expect([(await world.shown(id)).withheld, (await world.shown(copy)).withheld]).toEqual([
      null,
      null,
    ]);
  });

  it('names its screens: what is covered, what quotes it, their conversations', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const [copy = ''] = await world.forwards(id, [bia]);
    const reply = await world.answers(ana, 'resposta', id);
    const told = await inTx(stage.deps, stage.agent, async (ctx) => {
      const added: string[] = [];
      const notices = {
        ...ctx.notices,
        add: (_workspaceId: string, kind: string, about: string) => {
          added.push(`${kind} ${about}`);
        },
      };
      const { coverMessages } = await import('./cover-messages.ts');
      await coverMessages({ ...ctx, notices }, { requestId: newId(), messageIds: [id] });
      return added;
    });
    expect(new Set(told)).toEqual(
      new Set([
        ...[id, copy, reply].map((one) => `message ${one}`),
        ...[ana, bia].map((thread) => `conversation ${thread.conversationId}`),
      ]),
    );
  });

  it('fails what waits to be sent, and nothing covered is claimed', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const [copy = ''] = await world.forwards(id, [bia]);
    const after = await world.answers(bia, 'depois');
    await world.covers(newId(), id);
    expect(await world.row(copy)).toMatchObject({
      status: 'failed',
      error_code: 'content-covered',
    });
    // As a claim finds it that had read it before.
    await sql`update message set status = 'queued' where id = ${copy}`.execute(stage.deps.db);
    const answer = await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      claimNextMessage(ctx, bia.conversationId),
    );
    expect(answer).toMatchObject({ kind: 'claimed', dispatch: { messageId: after } });
    expect(await world.row(copy)).toMatchObject({ status: 'failed' });
  });

  it('lets nobody forward, answer or react', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    await world.covers(newId(), id);
    const refused = { code: 'message-covered', status: 409 };
    await expect(world.forwards(id, [bia])).rejects.toMatchObject(refused);
    await expect(world.answers(ana, 'não', id)).rejects.toMatchObject(refused);
    await expect(
      inTx(stage.deps, stage.agent, (ctx) => reactToMessage(ctx, id, '👍', null)),
    ).rejects.toMatchObject(refused);
  });

  it('answers a reply that is repeated under its key as it was answered before', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const key = newId();
    const reply = () =>
      inTx(stage.deps, stage.agent, (ctx) =>
        sendMessage(ctx, {
          conversationId: ana.conversationId,
          text: 'resposta',
          replyToId: id,
          forwardedFrom: null,
          idempotencyKey: key,
        }),
      );
    const first = await reply();
    await world.covers(newId(), id);
    expect(await reply()).toEqual(first);
  });

  it('lets nobody send again what a block stopped', async () => {
    const id = await world.answers(ana, 'canário');
    await sql`update message set status = 'failed', error_code = 'contact-blocked' where id = ${id}`.execute(
      stage.deps.db,
    );
    await sql`insert into stopped_message (workspace_id, message_id)
      values (${stage.place.workspaceId}, ${id})`.execute(stage.deps.db);
    await world.covers(newId(), id);
    await expect(
      inTx(stage.deps, stage.agent, (ctx) => sendStopped(ctx, id)),
    ).rejects.toMatchObject({ code: 'message-covered', status: 409 });
  });

  it('is seen through by readCovered alone, and each look is new once', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const requestId = newId();
    await world.covers(requestId, id);
    const [real] = await readCovered(stage.deps.db, stage.place.workspaceId, [id]);
    expect(real).toMatchObject({ text: 'canário', withheld: null });
    const look = (by: string) =>
      inTx(stage.deps, stage.admin, (ctx) => insertCoverReveal(ctx, by, id));
    expect([await look(requestId), await look(requestId)]).toEqual([true, false]);
  });
});

describe('what may be asked to go', () => {
  it('is no activity line and no reaction, and what there is not is not found', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const find = (...ids: string[]) =>
      inTx(stage.deps, stage.agent, (ctx) => findRemovable(ctx, ids));
    expect(await find(id)).toMatchObject([
      { id, conversationId: ana.conversationId, direction: 'in', kind: 'text', withheld: null },
    ]);
    await expect(find(newId())).rejects.toMatchObject({ code: 'message-not-found' });
    await sql`update message set kind = 'activity', direction = 'internal' where id = ${id}`.execute(
      stage.deps.db,
    );
    await expect(find(id)).rejects.toMatchObject({ code: 'message-not-removable', status: 422 });
  });
});
