import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  lockMatch,
  printRemoved,
  type RemovedPrint,
  requestMedia,
  retirePrint,
} from '#features/media/server/index.ts';
import {
  aFilm,
  alterCopy,
  aMediaChannel,
  anUpload,
  asJpeg,
  drawTextured,
  runFetch,
  withholdingOf,
} from '#features/media/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { claimNextMessage } from './claim-dispatch.ts';
import { forwardMessage } from './forward-message.ts';
import { sendMessage } from './send-message.ts';
import { mediaWorld, type Received } from './testing/media-world.ts';
import { aChannel, aPhone, aText, aThread, receive } from './testing.ts';

const world = mediaWorld();
const { receiveMedia, fetch } = world;

let original: Buffer;
let copy: Buffer;
let other: Buffer;
let number = 0;
beforeEach(async () => {
  original = await asJpeg(drawTextured(11));
  copy = await alterCopy(drawTextured(11), 3);
  other = await asJpeg(drawTextured(12));
});

const arrives = async (bytes: Buffer, kind: 'image' | 'document' | 'video' = 'image') => {
  const message = await receiveMedia(kind);
  await fetch(message.id, aMediaChannel(bytes).channel);
  return message;
};

const matchOf = ({ id }: { id: string }) =>
  inTx(world.deps(), world.stage().admin, (ctx) =>
    lockMatch(ctx.tx, ctx.actor.workspaceId, id).then((match) => match?.print.kind),
  );

/** As a removal does before the files go. */
const isRemoved = async (message: Received, reason = 'sexual'): Promise<void> => {
  const { deps, stage } = world;
  const { place, admin } = stage();
  number += 1;
  const requestId = newId();
  await sql`insert into removal_request (workspace_id, id, number, contact_id, conversation_id, channel_id, due_at)
    values (${place.workspaceId}, ${requestId}, ${number}, ${message.contactId}, ${message.conversationId},
            ${place.channelId}, clock_timestamp())`.execute(deps().db);
  await inTx(deps(), admin, (ctx) =>
    printRemoved(ctx, { requestId, reason, messageIds: [message.id] }),
  );
};

const prints = async (): Promise<Pick<RemovedPrint, 'id' | 'kind'>[]> => {
  const { rows } = await sql<Pick<RemovedPrint, 'id' | 'kind'>>`
    select id, kind from removed_print where workspace_id = ${world.stage().place.workspaceId} order by kind`.execute(
    world.deps().db,
  );
  return rows;
};
const kindsOfPrints = async () => (await prints()).map(({ kind }) => kind);

const suggestions = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from graphile_worker._private_jobs j
      join repeat_match r on j.key = 'repeat:' || r.message_id
     where r.workspace_id = ${world.stage().place.workspaceId}`.execute(world.deps().db);
  return rows[0]?.n ?? 0;
};

describe('what was removed and comes again', () => {
  it('is recognised by its bytes, from whomever, and given to nobody from the moment it is here', async () => {
    await isRemoved(await arrives(original), 'fraud');
    const before = await suggestions();
    const again = await arrives(original);
    expect(await matchOf(again)).toBe('exact');
    expect(await withholdingOf(world.deps().db, world.stage().admin, again.id)).toBe(
      'media-withheld',
    );
    expect(await suggestions()).toBe(before + 1);
    const { place } = world.stage();
    const text = aText(
      place,
      { phone: aPhone() },
      { content: { kind: 'image', payload: { mediaId: '9' } } },
    );
    await receive(world.deps(), text);
    const { rows } = await sql<{
      id: string;
    }>`select id from message where external_id = ${text.externalId}`.execute(world.deps().db);
    const [stranger] = rows;
    await runFetch(
      world.deps(),
      aMediaChannel(original).channel,
      place.workspaceId,
      stranger?.id ?? '',
    );
    expect(await matchOf({ id: stranger?.id ?? '' })).toBe('exact');
  });

  it('is recognised by its looks when it was saved anew, and another picture is not', async () => {
    await isRemoved(await arrives(original));
    expect(await kindsOfPrints()).toEqual(['exact', 'perceptual']);
    expect(await matchOf(await arrives(copy))).toBe('perceptual');
    expect(await matchOf(await arrives(original))).toBe('exact');
    expect(await matchOf(await arrives(other))).toBeUndefined();
  });

  it('is told by its bytes alone when it was people’s data or fraud', async () => {
    for (const reason of ['personal-data', 'fraud', 'other']) {
      await isRemoved(await arrives(original), reason);
    }
    expect(await kindsOfPrints()).toEqual(['exact']);
    expect(await matchOf(await arrives(copy))).toBeUndefined();
  });

  it('is told by its bytes alone when it is a document or a film', async () => {
    await isRemoved(await arrives(original, 'document'));
    await isRemoved(await arrives(aFilm(5), 'video'));
    expect(await kindsOfPrints()).toEqual(['exact', 'exact']);
    expect(await matchOf(await arrives(copy))).toBeUndefined();
    expect(await matchOf(await arrives(aFilm(5), 'video'))).toBe('exact');
  });

  it('as a document is not told by its looks either', async () => {
    await isRemoved(await arrives(original));
    expect(await matchOf(await arrives(copy, 'document'))).toBeUndefined();
    expect(await matchOf(await arrives(original, 'document'))).toBe('exact');
  });

  it('matches no more once its print is retired, and can be removed again', async () => {
    const { admin } = world.stage();
    await isRemoved(await arrives(original));
    const retire = (id: string) => inTx(world.deps(), admin, (ctx) => retirePrint(ctx, id));
    for (const { id } of await prints()) {
      await retire(id);
      await expect(retire(id)).rejects.toMatchObject({ code: 'print-not-found', status: 404 });
    }
    const again = await arrives(original);
    expect(await matchOf(again)).toBeUndefined();
    expect(await matchOf(await arrives(copy))).toBeUndefined();
    await isRemoved(again);
    expect(await matchOf(await arrives(copy))).toBe('perceptual');
  });

  it('is recognised in its own workspace alone', async () => {
    const { deps, stage } = world;
    await isRemoved(await arrives(original));
    const elsewhere = await aWorkspace(deps().db);
    const place = await aChannel(deps().db, elsewhere);
    const text = aText(
      place,
      { phone: stage().phone },
      { content: { kind: 'image', payload: { mediaId: '9' } } },
    );
    await receive(deps(), text);
    const { rows } = await sql<{
      id: string;
    }>`select id from message where workspace_id = ${elsewhere} and external_id = ${text.externalId}`.execute(
      deps().db,
    );
    const id = rows[0]?.id ?? '';
    await runFetch(deps(), aMediaChannel(original).channel, elsewhere, id);
    const stranger = await aMember(deps().db, elsewhere);
    expect(await withholdingOf(deps().db, stranger, id)).toBe('media-covered');
    const [print] = await prints();
    await expect(
      inTx(deps(), stranger, (ctx) => retirePrint(ctx, print?.id ?? '')),
    ).rejects.toMatchObject({ code: 'print-not-found' });
  });

  it('is asked for by nobody meanwhile: who reviews is not given it either, nor is it fetched anew', async () => {
    await isRemoved(await arrives(original));
    const again = await arrives(original);
    await inTx(world.deps(), world.stage().admin, (ctx) => requestMedia(ctx, again.id));
    expect(await withholdingOf(world.deps().db, world.stage().admin, again.id)).toBe(
      'media-withheld',
    );
  });

  it('leaves fingerprints and no byte', async () => {
    await isRemoved(await arrives(original));
    const { rows } = await sql<{ row: string }>`
      select p::text as row from removed_print p where workspace_id = ${world.stage().place.workspaceId}`.execute(
      world.deps().db,
    );
    expect(rows).toHaveLength(2);
    for (const { row } of rows) {
      // Two hashes of 32 bytes would be 128 letters; what else is there are ids, words and times.
      expect(row.match(/\\x[0-9a-f]+/g)?.map((hash) => hash.length)).toEqual([66]);
      expect(row.length).toBeLessThan(400);
    }
  });
});

describe('what was removed and is sent by us', () => {
  const sends = async (uploadId: string, conversationId: string) => {
    const { admin } = world.stage();
    const answer = await inTx(world.deps(), admin, (ctx) =>
      sendMessage(ctx, {
        conversationId,
        text: '',
        media: { kind: 'image', uploadId },
        replyToId: null,
        forwardedFrom: null,
        idempotencyKey: null,
      }),
    );
    if (answer.kind !== 'queued') {
      throw new Error(answer.kind);
    }
    return { id: answer.messageId };
  };

  it('is withheld at once and does not leave', async () => {
    const { deps, stage } = world;
    const { place, admin } = stage();
    await isRemoved(await arrives(original));
    const { conversationId } = await aThread(deps(), place, { phone: aPhone() });
    const upload = await anUpload(deps(), admin, copy);
    const sent = await sends(upload.id, conversationId);
    expect(await matchOf(sent)).toBe('perceptual');
    expect(await withholdingOf(deps().db, admin, sent.id)).toBe('media-withheld');
    const claimed = await inTx(deps(), systemActor(place.workspaceId), (ctx) =>
      claimNextMessage(ctx, conversationId),
    );
    expect(claimed.kind).toBe('idle');
    const { rows } =
      await sql`select status, error_code from message where id = ${sent.id}`.execute(deps().db);
    expect(rows).toEqual([{ status: 'failed', error_code: 'content-covered' }]);
  });

  it('cannot be forwarded while it is withheld', async () => {
    const { deps, stage } = world;
    const { place, admin } = stage();
    await isRemoved(await arrives(original));
    const again = await arrives(original);
    const { conversationId } = await aThread(deps(), place, { phone: aPhone() });
    await expect(
      inTx(deps(), admin, (ctx) => forwardMessage(ctx, again.id, [conversationId], null)),
    ).rejects.toMatchObject({ status: 403 });
  });
});
