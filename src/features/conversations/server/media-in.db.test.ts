import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { requestMedia, revealMedia } from '#features/media/server/index.ts';
import {
  aFilm,
  aMediaChannel,
  aPdf,
  aPicture,
  aVoiceNote,
} from '#features/media/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { findMessages } from './message-queries.ts';
import { answering, digest, mediaWorld } from './testing/media-world.ts';
import { aText, receive } from './testing.ts';

const world = mediaWorld();
const { receiveMedia, fetch, mediaOf, storedBytes, filesOfWorkspace, jobsFor } = world;

describe('a file that came with a message', () => {
  it('waits from the transaction that stored the message, then is here with all that its bytes tell', async () => {
    const bytes = await aPicture();
    const { id } = await receiveMedia('image', { sha256: digest(bytes).toString('base64') });
    expect(await mediaOf(id)).toMatchObject({ state: 'waiting', mimeType: null });
    expect(await jobsFor(id)).toBe(1);
    await fetch(id, aMediaChannel(bytes).channel);
    expect(await mediaOf(id)).toEqual({
      state: 'ready',
      reason: null,
      mimeType: 'image/jpeg',
      sizeBytes: bytes.byteLength,
      fileName: null,
      width: 800,
      height: 400,
      durationSeconds: null,
      hasThumbnail: true,
      isAnimated: false,
      isCovered: true,
      isWithheld: true,
      hasPlaceholder: false,
    });
    expect(await storedBytes(bytes)).toEqual(bytes);
    expect(await filesOfWorkspace()).toHaveLength(2);
  });

  it('repeated by a webhook is one file and one job', async () => {
    const item = aText(
      world.stage().place,
      { phone: world.stage().phone },
      { content: { kind: 'image', payload: { mediaId: '1' } } },
    );
    await receive(world.deps(), item, item);
    await receive(world.deps(), item);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from message_media where workspace_id = ${world.stage().place.workspaceId}`.execute(
      world.deps().db,
    );
    expect(rows[0]?.n).toBe(1);
  });

  it.each([
    ['voice', aVoiceNote(7), { mimeType: 'audio/ogg', durationSeconds: 7, hasThumbnail: false }],
    ['video', aFilm(5), { mimeType: 'video/mp4', durationSeconds: 5, width: 640, height: 360 }],
    ['audio', aFilm(9), { mimeType: 'audio/mp4', durationSeconds: 9 }],
    ['document', aPdf(), { mimeType: 'application/pdf', fileName: null }],
    ['document', Buffer.from('<svg><script>1</script></svg>'), { mimeType: 'text/plain' }],
    [
      'document',
      Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
      { mimeType: 'application/octet-stream' },
    ],
  ] as const)('of kind %s is looked at by its bytes', async (kind, bytes, expected) => {
    const { id } = await receiveMedia(kind, { fileName: '../nota.pdf' });
    await fetch(id, aMediaChannel(bytes).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'ready', ...expected });
    const { admin } = world.stage();
    await inTx(world.deps(), admin, (ctx) => revealMedia(ctx, id));
    const [asked] = await findMessages(world.deps().db, admin.workspaceId, [id], admin);
    expect(asked?.media?.fileName).toBe('../nota.pdf');
    expect(await storedBytes(bytes)).toEqual(bytes);
  });

  it('larger than WhatsApp hands on is not fetched, and says so', async () => {
    const { id } = await receiveMedia('document', { mediaId: undefined, isTooLarge: true });
    expect(await mediaOf(id)).toMatchObject({ state: 'too-large', reason: 'file-too-large' });
    expect(await jobsFor(id)).toBe(0);
    await expect(
      inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id)),
    ).rejects.toMatchObject({ code: 'media-not-fetchable' });
  });

  it('without an id cannot be asked for', async () => {
    const { id } = await receiveMedia('image', { mediaId: undefined });
    expect(await mediaOf(id)).toMatchObject({ state: 'failed', reason: 'no-media-id' });
    expect(await jobsFor(id)).toBe(0);
    await expect(
      inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id)),
    ).rejects.toMatchObject({
      code: 'media-not-fetchable',
    });
  });
});

describe('a twisted file', () => {
  it.each([
    [
      'an SVG with a script, as a picture',
      'image',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['a page, as a sticker', 'sticker', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a program, as a voice note', 'voice', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a document, as a film', 'video', aPdf()],
  ] as const)('%s, is not kept', async (_what, kind, bytes) => {
    const { id } = await receiveMedia(kind);
    await fetch(id, aMediaChannel(bytes).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'refused-type', hasThumbnail: false });
    expect(await filesOfWorkspace()).toEqual([]);
  });

  it('a picture cut off, or too large to be believed, is kept and never decoded for anybody', async () => {
    const whole = await aPicture('jpeg', { colour: '#00ff00' });
    const bomb = await aPicture('png', { width: 12_000, height: 12_000 });
    for (const bytes of [whole.subarray(0, whole.byteLength / 2), bomb]) {
      const { id } = await receiveMedia('image');
      await fetch(id, aMediaChannel(bytes).channel);
      expect(await mediaOf(id)).toMatchObject({ state: 'ready', hasThumbnail: false });
    }
  });

  it('a picture with a page behind it is a picture', async () => {
    const bytes = Buffer.concat([await aPicture('gif'), Buffer.from('<script>alert(1)</script>')]);
    const { id } = await receiveMedia('image');
    await fetch(id, aMediaChannel(bytes).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'ready', mimeType: 'image/gif' });
  });

  it('larger than its kind may be is left after that many bytes', async () => {
    const { id } = await receiveMedia('sticker');
    await fetch(id, aMediaChannel(Buffer.alloc(2 * 1024 * 1024 + 1)).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'too-large', reason: 'file-too-large' });
    expect(await filesOfWorkspace()).toEqual([]);
  });

  it('with other bytes than its digest says is asked for again', async () => {
    const { id } = await receiveMedia('image', {
      sha256: digest(Buffer.from('x')).toString('hex'),
    });
    await fetch(id, aMediaChannel(await aPicture()).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'waiting', reason: 'other-bytes-than-told' });
    expect(await filesOfWorkspace()).toEqual([]);
  });
});

describe('what WhatsApp answers', () => {
  it('as busy is asked again later, and in the end no more', async () => {
    const { id } = await receiveMedia();
    const busy = answering({ kind: 'failed', code: 'whatsapp-4', isWorthRepeating: true });
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await mediaOf(id)).toMatchObject({ state: 'waiting' });
      await fetch(id, busy);
    }
    expect(await mediaOf(id)).toMatchObject({ state: 'failed', reason: 'whatsapp-4' });
    await inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id));
    expect(await mediaOf(id)).toMatchObject({ state: 'waiting', reason: null });
    expect(await jobsFor(id)).toBe(1);
  });

  it('as no is not asked again', async () => {
    const { id } = await receiveMedia();
    await fetch(id, answering({ kind: 'failed', code: 'whatsapp-190', isWorthRepeating: false }));
    expect(await mediaOf(id)).toMatchObject({ state: 'failed', reason: 'whatsapp-190' });
  });

  const endLife = (id: string) =>
    sql`update message_media set expires_at = clock_timestamp() where message_id = ${id}`.execute(
      world.deps().db,
    );
  const unseen = { kind: 'not-found', code: 'whatsapp-100' } as const;

  it('as not there, while it keeps such files, is tried like trouble and asked for by people', async () => {
    const bytes = await aPicture();
    const { id } = await receiveMedia();
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await mediaOf(id)).toMatchObject({ state: 'waiting' });
      await fetch(id, answering(unseen));
    }
    expect(await mediaOf(id)).toMatchObject({ state: 'failed', reason: 'whatsapp-100' });
    await inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id));
    await fetch(id, aMediaChannel(bytes).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'ready' });
  });

  it('as not there when its days are over is gone, and is not asked for again', async () => {
    const { id } = await receiveMedia();
    await fetch(id, {
      fetchMedia: async () => {
        await endLife(id);
        return unseen;
      },
    });
    expect(await mediaOf(id)).toMatchObject({ state: 'expired', reason: 'whatsapp-100' });
    await expect(
      inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id)),
    ).rejects.toMatchObject({ code: 'media-not-fetchable' });
  });

  it('is not waited for when a file is older than a week: it is gone', async () => {
    const old = await receiveMedia();
    await endLife(old.id);
    const { channel, asked } = aMediaChannel(await aPicture());
    await fetch(old.id, channel);
    expect(asked).toEqual([]);
    expect(await mediaOf(old.id)).toMatchObject({ state: 'expired' });
  });

  it('broken off is asked again, and leaves nothing half written', async () => {
    const { id } = await receiveMedia();
    const duringDownload = () => Promise.reject(new Error('reset'));
    await fetch(id, aMediaChannel(await aPicture(), { duringDownload }).channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'waiting', reason: 'cut-off' });
    expect(await filesOfWorkspace()).toEqual([]);
  });
});
