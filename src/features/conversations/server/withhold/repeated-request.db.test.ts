import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { claimNextMessage } from '../claim-dispatch.ts';
import { forwardMessage } from '../forward-message.ts';
import { sendMessage } from '../send-message.ts';
import { aStage } from '../testing/stage.ts';
import { withholdOn } from '../testing/withhold-world.ts';

const stage = aStage();
const world = withholdOn(stage);

it('a removed message is answered to whoever repeats the request that sent it, and nothing leaves again', async () => {
  const [ana, bia] = await world.people(2);
  if (ana === undefined || bia === undefined) {
    throw new Error('two people');
  }
  const { id: asked } = await world.writes(ana.phone, 'olá');
  const about = { conversationId: ana.conversationId, forwardedFrom: null };
  const send = (replyToId: string | null, idempotencyKey: string, text = 'canário') =>
    inTx(stage.deps, stage.agent, (ctx) =>
      sendMessage(ctx, { ...about, text, replyToId, idempotencyKey }),
    );
  const sent = [await send(null, 'minha chave'), await send(asked, 'outra chave')];
  const ids = sent.map((one) => ('messageId' in one ? one.messageId : ''));
  const to = [bia.conversationId];
  const forward = () =>
    inTx(stage.deps, stage.agent, (ctx) => forwardMessage(ctx, ids[0] ?? '', to, 'uma cópia'));
  const forwarded = await forward();
  await world.removes([...ids, asked]);
  const stored = await world.count('message');
  expect([await send(null, 'minha chave'), await send(asked, 'outra chave')]).toEqual(sent);
  expect(await forward()).toEqual(forwarded);
  expect(await world.count('message')).toBe(stored);
  for (const id of ids) {
    expect(await world.shown(id)).toMatchObject({
      text: null,
      withheld: 'removed',
      status: 'sent',
    });
  }
  for (const { conversationId } of [ana, bia]) {
    const next = await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      claimNextMessage(ctx, conversationId),
    );
    expect(next).toEqual({ kind: 'idle' });
  }
  const { rows } =
    await sql`select key from idempotency_key where workspace_id = ${stage.place.workspaceId}`.execute(
      stage.deps.db,
    );
  expect(JSON.stringify(rows)).not.toMatch(/chave|cópia/);
  // What is left of them is no key of anybody else's request.
  expect(await send(null, 'terceira', 'fica')).not.toEqual(sent[0]);
  await block(stage.deps, stage.admin, ana.contactId);
  const refused = await send(null, 'quarta');
  await world.removes(['messageId' in refused ? refused.messageId : '']);
  expect(refused.kind).toBe('refused');
  expect(await send(null, 'quarta')).toEqual(refused);
});
