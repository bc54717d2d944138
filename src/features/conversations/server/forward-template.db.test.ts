import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { anUpload, aPicture } from '#features/media/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { forwardMessage } from './forward-message.ts';
import { findMessages } from './message-queries.ts';
import { sendMessage } from './send-message.ts';
import { mediaWorld } from './testing/media-world.ts';
import { aPhone, aThread } from './testing.ts';

const world = mediaWorld();

it('a template with a picture is forwarded as that picture, with its body below', async () => {
  const { place, phone, admin } = world.stage();
  const [source, target] = [
    await aThread(world.deps(), place, { phone }),
    await aThread(world.deps(), place, { phone: aPhone() }),
  ];
  const file = await anUpload(world.deps(), admin, await aPicture('png'));
  const sent = await inTx(world.deps(), admin, (ctx) =>
    sendMessage(ctx, {
      conversationId: source.conversationId,
      text: 'Seu pedido saiu',
      media: { kind: 'image', uploadId: file.id },
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey: null,
    }),
  );
  const id = sent.kind === 'queued' ? sent.messageId : '';
  const payload = {
    template: {
      name: 'pedido_enviado',
      language: 'pt_BR',
      header: { kind: 'image', text: null, location: null },
      footer: null,
      buttons: [],
    },
    filling: { header: [], body: [], buttons: [] },
  };
  // As a sent template is stored: its file beside it.
  await sql`update message set kind = 'template', payload = ${JSON.stringify(payload)}::jsonb
    where id = ${id}`.execute(world.deps().db);
  const [result] = await inTx(world.deps(), admin, (ctx) =>
    forwardMessage(ctx, id, [target.conversationId], null),
  );
  const [copy] = await findMessages(world.deps().db, place.workspaceId, [result?.messageId ?? '']);
  expect(copy).toMatchObject({
    type: 'image',
    text: 'Seu pedido saiu',
    template: null,
    forwardedFrom: id,
    media: { state: 'ready', mimeType: 'image/png' },
  });
});
