import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { MediaCoverSettings } from '#features/media/contract.ts';
import { revealMedia } from '#features/media/server/index.ts';
import {
  aMediaChannel,
  aPicture,
  changeCoverSettings,
  chooseCovers,
  setAlwaysShown,
  setFlag,
  withholdingOf,
} from '#features/media/server/testing.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { mergeContacts } from './merge-contacts.ts';
import { findMessages, listMessages } from './message-queries.ts';
import { searchMessages } from './message-search-queries.ts';
import { mediaWorld, type Received } from './testing/media-world.ts';
import { aPhone, aText, aThread, receive } from './testing.ts';
import { viewChanges } from './views.ts';

const world = mediaWorld();
const { receiveMedia, fetch, mediaOf, answer } = world;

const byAdmin = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inTx(world.deps(), world.stage().admin, work);

const isCovered = async ({ id }: Received) => (await mediaOf(id))?.isCovered;

const usual: MediaCoverSettings = {
  coveredFrom: 'strangers',
  kinds: ['image', 'sticker', 'video', 'document'],
  placeholder: 'none',
};
const setCovers = (change: Partial<MediaCoverSettings>) =>
  byAdmin((ctx) => changeCoverSettings(ctx, { ...usual, ...change }));

/** A picture with a caption, from the person of the stage. */
const aCaptioned = async (text: string): Promise<Received> => {
  const { place, phone } = world.stage();
  const payload = { mediaId: '3000', mimeType: 'image/jpeg', isForwarded: true };
  const item = aText(place, { phone }, { content: { kind: 'image', text, payload } });
  await receive(world.deps(), item);
  const { rows } = await sql<Received>`
    select id, contact_id as "contactId", conversation_id as "conversationId", external_id as "externalId"
      from message where external_id = ${item.externalId}`.execute(world.deps().db);
  if (rows[0] === undefined) {
    throw new Error('not stored');
  }
  return rows[0];
};

describe('an answer', () => {
  it('is what a person of ours wrote: no template, no key, nothing by itself', async () => {
    const { conversationId } = await receiveMedia('image');
    await answer(conversationId);
    const asIf = (change: ReturnType<typeof sql>) =>
      sql`update message set ${change} where conversation_id = ${conversationId} and direction = 'out'`.execute(
        world.deps().db,
      );
    expect(await isCovered(await receiveMedia('image'))).toBe(false);
    // Only what left is one.
    for (const status of ['queued', 'sending', 'failed', 'unknown']) {
      await asIf(sql`status = ${status}`);
      expect([status, await isCovered(await receiveMedia('image'))]).toEqual([status, true]);
    }
    for (const status of ['sent', 'delivered', 'read', 'played']) {
      await asIf(sql`status = ${status}`);
      expect([status, await isCovered(await receiveMedia('image'))]).toEqual([status, false]);
    }
    for (const change of [
      sql`author_kind = 'api-key'`,
      sql`author_kind = 'system', author_id = null`,
      sql`author_kind = 'member', kind = 'template'`,
    ]) {
      await asIf(change);
      expect(await isCovered(await receiveMedia('document'))).toBe(true);
    }
  });

  it('that comes while media arrives: what came before it stays covered, what comes after it is not', async () => {
    const first = await receiveMedia('image');
    const arrived = [await isCovered(first)];
    let isAnswered = false;
    const answering = answer(first.conversationId).then(() => {
      isAnswered = true;
    });
    // One after the other, so that their order is known: once one is not covered, none is again.
    for (let after = 0; after < 2; after += isAnswered ? 1 : 0) {
      arrived.push(await isCovered(await receiveMedia('image')));
    }
    await answering;
    expect(arrived[0]).toBe(true);
    expect(arrived.at(-1)).toBe(false);
    expect(arrived.toSorted((one, other) => Number(other) - Number(one))).toEqual(arrived);
  });
});

describe('what the workspace wants', () => {
  it('covers of everybody, of chosen kinds, or of flagged contacts alone', async () => {
    const { conversationId, contactId } = await receiveMedia('image');
    await setCovers({ kinds: ['video'] });
    expect(await isCovered(await receiveMedia('image'))).toBe(false);
    expect(await isCovered(await receiveMedia('video'))).toBe(true);
    await setCovers({ coveredFrom: 'flagged' });
    expect(await isCovered(await receiveMedia('video'))).toBe(false);
    await setCovers({ coveredFrom: 'everybody', kinds: ['image'] });
    await answer(conversationId);
    expect(await isCovered(await receiveMedia('image'))).toBe(true);
    await setCovers({ coveredFrom: 'flagged', kinds: [] });
    await byAdmin((ctx) => setFlag(ctx, contactId, true));
    expect(await isCovered(await receiveMedia('document'))).toBe(true);
    expect(await isCovered(await receiveMedia('voice'))).toBe(false);
  });
});

describe('one contact', () => {
  it('who is flagged is covered, whoever answered, until the flag is taken back', async () => {
    const first = await receiveMedia('image');
    await answer(first.conversationId);
    await byAdmin((ctx) => setFlag(ctx, first.contactId, true));
    const flagged = await receiveMedia('image');
    await byAdmin((ctx) => setFlag(ctx, first.contactId, false));
    expect(await isCovered(await receiveMedia('image'))).toBe(false);
    expect(await isCovered(flagged)).toBe(true);
  });

  it('who is flagged while a picture is on its way is covered before a byte of it is here', async () => {
    const first = await receiveMedia('image');
    await answer(first.conversationId);
    const onItsWay = await receiveMedia('image');
    await byAdmin((ctx) => setFlag(ctx, first.contactId, true));
    await fetch(onItsWay.id, aMediaChannel(await aPicture()).channel);
    expect(await mediaOf(onItsWay.id)).toMatchObject({ state: 'ready', isCovered: true });
  });

  it('is always shown when somebody says so, and as usual again when they take it back', async () => {
    const before = await receiveMedia('image');
    await byAdmin((ctx) => setAlwaysShown(ctx, before.contactId, true));
    expect(await isCovered(await receiveMedia('image'))).toBe(false);
    expect(await isCovered(before)).toBe(true);
    await byAdmin((ctx) => setAlwaysShown(ctx, before.contactId, false));
    expect(await isCovered(await receiveMedia('image'))).toBe(true);
    const { rows } = await sql<{ action: string }>`select action from audit_event
      where subject_id = ${before.contactId} and action like 'media.%' order by at, id`.execute(
      world.deps().db,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'media.contact-always-shown',
      'media.contact-shown-ended',
    ]);
  });

  it('who is flagged is not always shown, and an agent flags nobody', async () => {
    const { contactId } = await receiveMedia('image');
    const { place } = world.stage();
    const agent = await aMember(world.deps().db, place.workspaceId);
    await expect(
      inTx(world.deps(), { ...agent, role: 'agent' }, (ctx) => setFlag(ctx, contactId, true)),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await byAdmin((ctx) => setFlag(ctx, contactId, true));
    await expect(byAdmin((ctx) => setAlwaysShown(ctx, contactId, true))).rejects.toMatchObject({
      code: 'contact-flagged',
      status: 409,
    });
  });

  it('stays flagged when it becomes one with another', async () => {
    const { contactId, conversationId } = await receiveMedia('image');
    const { place } = world.stage();
    const friend = await aThread(world.deps(), place, { phone: aPhone() });
    await byAdmin((ctx) => setAlwaysShown(ctx, contactId, true));
    await byAdmin((ctx) => setFlag(ctx, friend.contactId, true));
    await answer(conversationId);
    await byAdmin((ctx) => mergeContacts(ctx, contactId, friend.contactId));
    expect(await isCovered(await receiveMedia('image'))).toBe(true);
  });
});

describe('what covered media says', () => {
  const secret = 'palavra escondida';
  const read = async (message: Received, viewer = world.stage().admin) =>
    (await findMessages(world.deps().db, viewer.workspaceId, [message.id], viewer))[0];
  const toldTo = async (message: Received, viewer = world.stage().admin) => {
    const { db } = world.deps();
    const page = { limit: 20 };
    return JSON.stringify([
      await read(message, viewer),
      await listMessages(db, viewer, message.conversationId, page),
      await searchMessages(db, viewer, { query: 'escondida', limit: 20 }),
    ]);
  };
  const noticeOf = (message: Received) => ({
    workspaceId: world.stage().place.workspaceId,
    conversationIds: [message.conversationId],
    messageIds: [message.id],
    contactIds: [],
    memberIds: [],
    removalIds: [],
    refetch: false,
  });

  it('is told to whoever asked, and to nobody else', async () => {
    const message = await aCaptioned(secret);
    const colleague = await aMember(world.deps().db, world.stage().place.workspaceId);
    expect(await toldTo(message)).not.toContain(secret);
    expect(await read(message)).toMatchObject({
      text: null,
      isForwarded: true,
      withheld: null,
      media: { isCovered: true, isWithheld: true, mimeType: null },
    });
    await byAdmin((ctx) => revealMedia(ctx, message.id));
    expect(await read(message)).toMatchObject({
      text: secret,
      media: { isCovered: true, isWithheld: false, mimeType: 'image/jpeg' },
    });
    expect(await toldTo(message, colleague)).not.toContain(secret);
    const told = JSON.stringify(await viewChanges(world.deps().db, noticeOf(message)));
    expect(told).not.toContain(secret);
    expect(told).toContain('"isMediaCovered":true');
  });

  it('is covered for whoever has all media covered, in answers and events, until they ask', async () => {
    const first = await receiveMedia('image');
    await answer(first.conversationId);
    const message = await aCaptioned(secret);
    await fetch(message.id, aMediaChannel(await aPicture()).channel);
    const { db } = world.deps();
    const colleague = await aMember(db, world.stage().place.workspaceId);
    await inTx(world.deps(), colleague, (ctx) => chooseCovers(ctx, true));
    expect(await withholdingOf(db, world.stage().admin, message.id)).toBeNull();
    expect(await withholdingOf(db, colleague, message.id)).toBe('media-covered');
    expect(await toldTo(message)).toContain(secret);
    expect(await toldTo(message, colleague)).not.toContain(secret);
    const told = async (viewer: 'everybody' | 'everybody-covered') =>
      JSON.stringify(await viewChanges(db, noticeOf(message), viewer));
    expect(await told('everybody')).toContain(secret);
    expect(await told('everybody-covered')).not.toContain(secret);
    await inTx(world.deps(), colleague, (ctx) => revealMedia(ctx, message.id));
    expect(await read(message, colleague)).toMatchObject({ text: secret });
    expect(await withholdingOf(db, colleague, message.id)).toBeNull();
    await inTx(world.deps(), colleague, (ctx) => chooseCovers(ctx, false));
    expect(await toldTo(message, colleague)).toContain(secret);
  });

  it('is not said by whoever quotes it, although they asked', async () => {
    const message = await aCaptioned(secret);
    await byAdmin((ctx) => revealMedia(ctx, message.id));
    const { place, phone } = world.stage();
    const content = {
      kind: 'text' as const,
      text: 'viu?',
      payload: {},
      replyToExternalId: message.externalId,
    };
    await receive(world.deps(), aText(place, { phone }, { content }));
    const { items } = await listMessages(
      world.deps().db,
      world.stage().admin,
      message.conversationId,
      {
        limit: 1,
      },
    );
    expect(items[0]?.replyTo).toMatchObject({ id: message.id, type: 'image', text: null });
  });

  it('by the repeat guard is said to nobody while its cover is made', async () => {
    const first = await receiveMedia('image');
    await answer(first.conversationId);
    const message = await aCaptioned(secret);
    expect(await toldTo(message)).toContain(secret);
    const { place } = world.stage();
    await sql`insert into removal_request (workspace_id, id, number, contact_id, conversation_id, channel_id, due_at)
      values (${place.workspaceId}, ${message.id}, 1, ${message.contactId}, ${message.conversationId}, ${place.channelId}, clock_timestamp())`.execute(
      world.deps().db,
    );
    await sql`insert into removed_print (workspace_id, id, request_id, kind, hash, reason)
      values (${place.workspaceId}, ${message.id}, ${message.id}, 'exact', decode(repeat('ab', 32), 'hex'), 'sexual')`.execute(
      world.deps().db,
    );
    await sql`insert into repeat_match (workspace_id, message_id, print_id)
      values (${place.workspaceId}, ${message.id}, ${message.id})`.execute(world.deps().db);
    expect(await toldTo(message)).not.toContain(secret);
    expect(await read(message)).toMatchObject({ media: { isWithheld: true } });
  });
});

it('the database writes the rule out where it is read, and looks nothing up for plain messages', async () => {
  const message = await aCaptioned('x');
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select text from shown_message_to(
    ${world.stage().place.workspaceId}::uuid, 'member', ${message.id}::uuid, null) m
    where m.workspace_id = ${world.stage().place.workspaceId} and m.id = ${message.id}`.execute(
    world.deps().db,
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Function Scan');
});
