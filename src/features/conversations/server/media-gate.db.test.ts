import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { block, unblock } from '#features/gate/server/testing.ts';
import { requestMedia } from '#features/media/server/index.ts';
import { aMediaChannel, aPicture } from '#features/media/server/testing.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { digest, mediaWorld } from './testing/media-world.ts';
import { anAction, receive } from './testing.ts';

const world = mediaWorld();
const { receiveMedia, fetch, upkeep, mediaOf, storedBytes, filesOfWorkspace, jobsFor } = world;

describe('the gate', () => {
  const withheld = { state: 'withheld', reason: 'contact-blocked', sizeBytes: null };

  it('closed while the job waited lets no request be written', async () => {
    const { id, contactId } = await receiveMedia();
    await block(world.deps(), world.stage().admin, contactId);
    const { channel, asked } = aMediaChannel(await aPicture());
    await fetch(id, channel);
    expect(asked).toEqual([]);
    expect(await mediaOf(id)).toMatchObject(withheld);
  });

  it('closed and opened again while it waited withholds it, until a person asks', async () => {
    const { id, contactId } = await receiveMedia();
    await block(world.deps(), world.stage().admin, contactId);
    await unblock(world.deps(), world.stage().admin, contactId);
    const { channel, asked } = aMediaChannel(await aPicture());
    await fetch(id, channel);
    expect(asked).toEqual([]);
    expect(await mediaOf(id)).toMatchObject(withheld);
    await inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id));
    await fetch(id, channel);
    expect(await mediaOf(id)).toMatchObject({ state: 'ready' });
  });

  it('closed between the two requests lets the second not be written', async () => {
    const { id, contactId } = await receiveMedia();
    const { channel, asked } = aMediaChannel(await aPicture(), {
      betweenRequests: () => block(world.deps(), world.stage().admin, contactId),
    });
    await fetch(id, channel);
    expect(asked).toEqual(['address']);
    expect(await mediaOf(id)).toMatchObject(withheld);
    expect(await filesOfWorkspace()).toEqual([]);
  });

  it('closed while the bytes come has them deleted', async () => {
    const { id, contactId } = await receiveMedia();
    const { channel, asked } = aMediaChannel(await aPicture(), {
      duringDownload: () => block(world.deps(), world.stage().admin, contactId),
    });
    await fetch(id, channel);
    expect(asked).toEqual(['address', 'bytes']);
    expect(await mediaOf(id)).toMatchObject(withheld);
    expect(await filesOfWorkspace()).toEqual([]);
    const { rows } =
      await sql`select 1 from stored_file where workspace_id = ${world.stage().place.workspaceId}
      union all select 1 from stored_file_hold where workspace_id = ${world.stage().place.workspaceId}`.execute(
        world.deps().db,
      );
    expect(rows).toEqual([]);
  });

  it('closed refuses a person who asks', async () => {
    const { id, contactId } = await receiveMedia();
    await block(world.deps(), world.stage().admin, contactId);
    await expect(
      inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, id)),
    ).rejects.toMatchObject({
      code: 'contact-blocked',
    });
  });

  it('is asked once more by the database', async () => {
    const { id, contactId } = await receiveMedia();
    const bytes = await aPicture();
    await fetch(id, aMediaChannel(bytes).channel);
    await sql`update message_media set state = 'waiting', sha256 = null, thumbnail_sha256 = null
      where message_id = ${id}`.execute(world.deps().db);
    await block(world.deps(), world.stage().admin, contactId);
    const sneak = sql`update message_media set state = 'ready', sha256 = ${digest(bytes)}
      where message_id = ${id}`.execute(world.deps().db);
    await expect(sneak).rejects.toMatchObject({ code: 'GT001' });
  });
});

describe('a message that was taken back', () => {
  const revoke = (externalId: string) =>
    receive(
      world.deps(),
      anAction(world.stage().place, { phone: world.stage().phone }, externalId, { kind: 'revoke' }),
    );

  it('while the bytes came leaves none of them', async () => {
    const { id, externalId } = await receiveMedia();
    const duringDownload = () => revoke(externalId);
    await fetch(id, aMediaChannel(await aPicture(), { duringDownload }).channel);
    expect(await mediaOf(id)).toBeNull();
    expect(await filesOfWorkspace()).toEqual([]);
  });

  it('takes its file with it, unless another message has the same', async () => {
    const bytes = await aPicture();
    const [first, second] = [await receiveMedia(), await receiveMedia()];
    for (const { id } of [first, second]) {
      await fetch(id, aMediaChannel(bytes).channel);
    }
    const drop = () =>
      upkeep('media.drop-file', {
        workspaceId: world.stage().place.workspaceId,
        sha256: digest(bytes).toString('hex'),
      });
    await revoke(first.externalId);
    await drop();
    expect(await storedBytes(bytes)).toEqual(bytes);
    await revoke(second.externalId);
    await drop();
    expect(await storedBytes(bytes)).toBeUndefined();
  });
});

describe('upkeep', () => {
  it('deletes files that nothing names, and bytes without a row, and leaves the others', async () => {
    const kept = await aPicture('png');
    const { id } = await receiveMedia();
    await fetch(id, aMediaChannel(kept).channel);
    const put = async (text: string) => {
      const file = await world.deps().files.spool([Buffer.from(text)], 100);
      await world.deps().files.put(keyOf(world.stage().place.workspaceId, file.sha256), file);
      return file.sha256;
    };
    const unnamed = await put(`unnamed ${world.stage().place.workspaceId}`);
    await sql`insert into stored_file (workspace_id, sha256, size_bytes, created_at)
      values (${world.stage().place.workspaceId}, ${unnamed}, 1, clock_timestamp() - interval '2 hours')`.execute(
      world.deps().db,
    );
    await put(`without a row ${world.stage().place.workspaceId}`);
    expect(await filesOfWorkspace()).toHaveLength(4);
    await upkeep('media.sweep');
    expect(await filesOfWorkspace()).toHaveLength(3);
    // Newer than a day: it may be on its way into a row.
    await upkeep('media.sweep-orphans');
    expect(await filesOfWorkspace()).toHaveLength(3);
    const realNow = Date.now;
    Date.now = () => realNow() + 2 * 86_400_000;
    await upkeep('media.sweep-orphans').finally(() => {
      Date.now = realNow;
    });
    expect(await filesOfWorkspace()).toHaveLength(2);
    expect(await storedBytes(kept)).toEqual(kept);
  });

  it('asks again for what nobody is fetching', async () => {
    const { id } = await receiveMedia();
    await sql`update message_media set requested_at = clock_timestamp() - interval '2 hours'
      where message_id = ${id}`.execute(world.deps().db);
    await sql`select graphile_worker.remove_job(${`media:${id}`})`.execute(world.deps().db);
    await upkeep('media.sweep');
    expect(await jobsFor(id)).toBe(1);
  });
});
