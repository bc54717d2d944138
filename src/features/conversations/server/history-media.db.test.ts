import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { MessageItem } from '#channels/channel.ts';
import { attemptsOf, block, unblock } from '#features/gate/server/testing.ts';
import { aMediaChannel, aPicture } from '#features/media/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { findMessages } from './message-queries.ts';
import { purgeMessages } from './purge-messages.ts';
import { mediaWorld } from './testing/media-world.ts';
import { anAction, aPhone, aText, nowInSeconds, receive } from './testing.ts';

const world = mediaWorld();
const { mediaOf, jobsFor, fetch } = world;
const day = 86_400;

/** A file that an import tells of first, and the webhook that brings it later. */
const aPair = (more: Partial<MessageItem> = {}) => {
  const placeholder = aText(
    world.stage().place,
    { phone: world.stage().phone },
    {
      timestamp: nowInSeconds() - 3 * day,
      isHistory: true,
      content: { kind: 'media-placeholder' },
      ...more,
    },
  );
  const file: MessageItem = {
    ...placeholder,
    content: {
      kind: 'image',
      text: 'segue o comprovante',
      payload: { mediaId: '3000', mimeType: 'image/jpeg' },
    },
  };
  return { placeholder, file };
};

const stored = async ({ externalId }: MessageItem) => {
  const { rows } = await sql<{ id: string; kind: string; contactId: string }>`
    select id, kind, contact_id as "contactId" from message
     where workspace_id = ${world.stage().place.workspaceId} and external_id = ${externalId}`.execute(
    world.deps().db,
  );
  return rows;
};

const viewOf = async (item: MessageItem) => {
  const [row] = await stored(item);
  const { db } = world.deps();
  return (await findMessages(db, world.stage().place.workspaceId, [row?.id ?? '']))[0];
};

const conversationOf = async (contactId: string | undefined) => {
  const { rows } = await sql<{ unread: number; status: string }>`
    select unread_count as unread, status from conversation where contact_id = ${contactId}`.execute(
    world.deps().db,
  );
  return rows[0];
};

describe('a placeholder of an import', () => {
  it('becomes the file that a later webhook brings, in its place and without a stir', async () => {
    const { placeholder, file } = aPair();
    await receive(world.deps(), placeholder);
    const [before] = await stored(placeholder);
    await receive(world.deps(), file, file);
    await receive(world.deps(), file, placeholder);
    const rows = await stored(file);
    expect(rows).toEqual([{ ...before, kind: 'image' }]);
    const id = rows[0]?.id ?? '';
    expect(await viewOf(file)).toMatchObject({
      text: null,
      at: new Date(placeholder.timestamp * 1000).toISOString(),
    });
    const { rows: kept } = await sql`select text from message where id = ${id}`.execute(
      world.deps().db,
    );
    expect(kept).toEqual([{ text: 'segue o comprovante' }]);
    expect(await mediaOf(id)).toMatchObject({ state: 'waiting', isCovered: true });
    expect(await jobsFor(id)).toBe(1);
    expect(await conversationOf(rows[0]?.contactId)).toMatchObject({ unread: 0 });
    await fetch(id, aMediaChannel(await aPicture()).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'ready', hasThumbnail: true });
  });

  it('becomes it in one batch, in either order, also of our own side', async () => {
    const [first, last] = [aPair(), aPair({ direction: 'out', historyStatus: 'read' })];
    await receive(world.deps(), first.placeholder, first.file, last.file, last.placeholder);
    for (const { file } of [first, last]) {
      const [row] = await stored(file);
      expect(row).toMatchObject({ kind: 'image' });
      expect(await mediaOf(row?.id ?? '')).toMatchObject({ state: 'waiting' });
    }
    expect(await viewOf(last.file)).toMatchObject({ status: 'read' });
  });

  it('stays what it is when the file comes from anybody else, or outside an import', async () => {
    const { placeholder, file } = aPair();
    await receive(world.deps(), placeholder);
    await receive(world.deps(), { ...file, person: { phone: aPhone() } });
    await receive(world.deps(), { ...file, direction: 'out' });
    await receive(world.deps(), { ...file, isHistory: false });
    await receive(world.deps(), { ...file, content: { kind: 'unsupported' } });
    expect(await stored(placeholder)).toMatchObject([{ kind: 'media-placeholder' }]);
  });

  it('stays one while the person is blocked, and after it for the webhook that was dropped', async () => {
    const { placeholder, file } = aPair();
    await receive(world.deps(), placeholder);
    const [row] = await stored(placeholder);
    const contactId = row?.contactId ?? '';
    const { id: blockId } = await block(world.deps(), world.stage().admin, contactId);
    await receive(world.deps(), file);
    expect(await stored(file)).toEqual([row]);
    // Written before the block: dropped, and no attempt.
    expect(await attemptsOf(world.deps().db, blockId)).toEqual({});
    await unblock(world.deps(), world.stage().admin, contactId);
    await receive(world.deps(), file);
    expect(await stored(file)).toEqual([row]);
    expect(await mediaOf(row?.id ?? '')).toBeNull();
  });

  it('does not come back when it was purged or taken back', async () => {
    const [purged, revoked] = [aPair(), aPair()];
    await receive(world.deps(), purged.placeholder, revoked.placeholder);
    const { place, phone } = world.stage();
    const [row] = await stored(purged.placeholder);
    await inTx(world.deps(), systemActor(place.workspaceId), (ctx) =>
      purgeMessages(ctx, [row?.id ?? '']),
    );
    const taken = anAction(place, { phone }, revoked.file.externalId, { kind: 'revoke' });
    await receive(world.deps(), taken);
    await receive(world.deps(), purged.file, revoked.file);
    expect(await stored(purged.file)).toEqual([]);
    expect(await viewOf(revoked.file)).toMatchObject({ type: 'media-placeholder', text: null });
    expect(await mediaOf((await stored(revoked.file))[0]?.id ?? '')).toBeNull();
  });
});
