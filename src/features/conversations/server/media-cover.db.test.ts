import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { revealMedia } from '#features/media/server/index.ts';
import { aMediaChannel, aPicture } from '#features/media/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { forwardMessage } from './forward-message.ts';
import { listMediaMessages } from './message-queries.ts';
import { reactToMessage } from './react-to-message.ts';
import { mediaWorld, type Received } from './testing/media-world.ts';
import { aPhone, aText, aThread, receive } from './testing.ts';
import { coverMessages, restoreMessages } from './withhold/cover-messages.ts';

const world = mediaWorld();
const { receiveMedia, fetch, mediaOf, answer } = world;

const isCovered = async ({ id }: Received) => (await mediaOf(id))?.isCovered;

describe('what a person sends', () => {
  it('is covered until one of us has answered, if it shows something or has a name', async () => {
    for (const kind of ['image', 'sticker', 'video', 'document'] as const) {
      expect([kind, await isCovered(await receiveMedia(kind))]).toEqual([kind, true]);
    }
    for (const kind of ['audio', 'voice'] as const) {
      expect([kind, await isCovered(await receiveMedia(kind))]).toEqual([kind, false]);
    }
    const before = await receiveMedia('image');
    await answer(before.conversationId);
    expect(await isCovered(await receiveMedia('image'))).toBe(false);
    expect(await isCovered(before)).toBe(true);
  });

  it('is covered although an attempt to answer failed, and although it is older than the answer', async () => {
    const { conversationId } = await receiveMedia('image');
    await answer(conversationId);
    await sql`update message set status = 'failed' where conversation_id = ${conversationId} and direction = 'out'`.execute(
      world.deps().db,
    );
    expect(await isCovered(await receiveMedia('image'))).toBe(true);
    await sql`update message set status = 'sent', at = at + interval '1 hour'
      where conversation_id = ${conversationId} and direction = 'out'`.execute(world.deps().db);
    expect(await isCovered(await receiveMedia('image'))).toBe(true);
  });

  it('is covered although we reacted: that is no answer', async () => {
    const message = await receiveMedia('image');
    const react = () =>
      inTx(world.deps(), world.stage().admin, (ctx) => reactToMessage(ctx, message.id, '👎', null));
    expect(await react()).toMatchObject({ kind: 'queued' });
    expect(await isCovered(await receiveMedia('image'))).toBe(true);
  });

  const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

  it('is not covered when we answered from the phone', async () => {
    const { place, phone } = world.stage();
    await receive(world.deps(), aText(place, { phone }, { timestamp: ago(60) }));
    await receive(world.deps(), aText(place, { phone }, { direction: 'out', timestamp: ago(56) }));
    expect(await isCovered(await receiveMedia('image'))).toBe(false);
  });

  it.each([0, 1, 3])(
    'is covered when the phone answered by itself, %i s later',
    async (seconds) => {
      const { place, phone } = world.stage();
      await receive(world.deps(), aText(place, { phone }, { timestamp: ago(60) }));
      const greeting = { direction: 'out', timestamp: ago(60 - seconds) } as const;
      await receive(world.deps(), aText(place, { phone }, greeting));
      expect(await isCovered(await receiveMedia('image'))).toBe(true);
      await receive(
        world.deps(),
        aText(place, { phone }, { direction: 'out', timestamp: ago(40) }),
      );
      expect(await isCovered(await receiveMedia('image'))).toBe(false);
    },
  );
});

describe('a covered picture', () => {
  const forward = (by: Actor, message: Received, conversationId: string) =>
    inTx(world.deps(), by, (ctx) => forwardMessage(ctx, message.id, [conversationId], null));

  it('is forwarded only by whoever has seen it, and the copy is covered again', async () => {
    const { place, admin } = world.stage();
    const friend = await aThread(world.deps(), place, { phone: aPhone() });
    const message = await receiveMedia('image');
    await fetch(message.id, aMediaChannel(await aPicture()).channel);
    await expect(forward(admin, message, friend.conversationId)).rejects.toMatchObject({
      code: 'media-covered',
      status: 403,
    });
    await inTx(world.deps(), admin, (ctx) => revealMedia(ctx, message.id));
    const colleague = await aMember(world.deps().db, place.workspaceId);
    await expect(forward(colleague, message, friend.conversationId)).rejects.toMatchObject({
      code: 'media-covered',
    });
    const [copy] = await forward(admin, message, friend.conversationId);
    expect(copy?.status).toBe('queued');
    expect(await mediaOf(copy?.messageId ?? '')).toMatchObject({ isCovered: true });
  });

  it('of a person who was blocked before it was fetched is withheld, as ever', async () => {
    const { admin } = world.stage();
    const message = await receiveMedia('image');
    await block(world.deps(), admin, message.contactId);
    await fetch(message.id, aMediaChannel(await aPicture()).channel);
    expect(await mediaOf(message.id)).toMatchObject({ state: 'withheld', isCovered: true });
  });
});

describe('the media of a conversation', () => {
  const shelved = async (
    { conversationId }: Received,
    query: { shelf?: 'visual' | 'document'; cursor?: string; limit?: number } = {},
    viewer = world.stage().admin,
  ) => listMediaMessages(world.deps().db, viewer, conversationId, { limit: 10, ...query });
  const typesOf = (items: readonly { type: string }[]) => items.map(({ type }) => type);

  it('is on two shelves, newest first, page by page; nothing else is on them', async () => {
    const image = await receiveMedia('image');
    for (const kind of ['sticker', 'video', 'voice', 'document', 'image'] as const) {
      await receiveMedia(kind);
    }
    await answer(image.conversationId);
    expect(typesOf((await shelved(image)).items)).toEqual(['image', 'document', 'video', 'image']);
    expect(typesOf((await shelved(image, { shelf: 'document' })).items)).toEqual(['document']);
    const first = await shelved(image, { shelf: 'visual', limit: 2 });
    expect(typesOf(first.items)).toEqual(['image', 'video']);
    const cursor = first.nextCursor ?? '';
    const second = await shelved(image, { shelf: 'visual', limit: 2, cursor });
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[image.id], null]);
    await sql`update message set revoked_at = at where id = ${image.id}`.execute(world.deps().db);
    expect(typesOf((await shelved(image, { shelf: 'visual' })).items)).toEqual(['image', 'video']);
  });

  it('says as much as the thread: nothing of what is covered, until this very person asks', async () => {
    const document = await receiveMedia('document', { fileName: 'segredo.pdf' });
    const colleague = await aMember(world.deps().db, world.stage().place.workspaceId);
    const told = async (viewer?: Actor) => JSON.stringify(await shelved(document, {}, viewer));
    expect(await told()).not.toContain('segredo');
    await inTx(world.deps(), colleague, (ctx) => revealMedia(ctx, document.id));
    expect(await told(colleague)).toContain('segredo');
    expect(await told()).not.toContain('segredo');
    const about = { requestId: newId(), messageIds: [document.id] };
    await inTx(world.deps(), world.stage().admin, (ctx) => coverMessages(ctx, about));
    expect((await shelved(document, {}, colleague)).items).toMatchObject([
      { id: document.id, withheld: 'covered', media: null, summary: null },
    ]);
    await inTx(world.deps(), world.stage().admin, (ctx) => restoreMessages(ctx, about));
    expect(await told(colleague)).toContain('segredo');
  });
});
