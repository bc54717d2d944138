import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, SendOutcome, UploadOutcome } from '#channels/channel.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import type { MediaKind, Upload } from '#features/media/contract.ts';
import { revealMedia } from '#features/media/server/index.ts';
import {
  aMediaChannel,
  anUpload,
  aPdf,
  aPicture,
  aVoiceNote,
} from '#features/media/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { forwardMessage } from './forward-message.ts';
import { sendMessage } from './send-message.ts';
import { aFileChannel } from './testing/file-channel.ts';
import { mediaWorld } from './testing/media-world.ts';
import { aPhone, aThread, type Thread } from './testing.ts';

const world = mediaWorld();
const { receiveMedia, fetch, upkeep, mediaOf, storedBytes, filesOfWorkspace } = world;

let thread: Thread;
let picture: Buffer;

beforeEach(async () => {
  const { place, phone } = world.stage();
  thread = await aThread(world.deps(), place, { phone });
  picture = await aPicture('png');
});

const upload = (bytes: Buffer, fileName?: string, actor: Actor = world.stage().admin) =>
  anUpload(world.deps(), actor, bytes, fileName);

const send = (file: Upload, more: { kind?: MediaKind; caption?: string; key?: string } = {}) =>
  inTx(world.deps(), world.stage().admin, (ctx) =>
    sendMessage(ctx, {
      conversationId: thread.conversationId,
      text: more.caption ?? '',
      media: { kind: more.kind ?? file.kind, uploadId: file.id },
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey: more.key ?? null,
    }),
  );

const queue = async (...args: Parameters<typeof send>): Promise<string> => {
  const answer = await send(...args);
  if (answer.kind !== 'queued') {
    throw new Error(`${answer.kind} instead of queued`);
  }
  return answer.messageId;
};

const deliver = async (channel: Channel, conversationId = thread.conversationId): Promise<void> => {
  const job = deliveryJobs(channel).find((one) => one.name === 'conversations.deliver');
  const { workspaceId } = world.stage().place;
  const run = { deps: world.deps(), log: world.deps().log, attempt: 1 };
  await job?.runUnparsed({ workspaceId, conversationId }, run);
};

const stateOf = async (id: string) => {
  const { rows } = await sql<{ status: string; errorCode: string | null; kind: string }>`
    select status, error_code as "errorCode", kind from message where id = ${id}`.execute(
    world.deps().db,
  );
  return rows[0];
};

describe('a file to send', () => {
  it('goes to the channel first, then is named by the message', async () => {
    const id = await queue(await upload(picture), { caption: 'o catálogo' });
    expect(await mediaOf(id)).toMatchObject({ state: 'ready', mimeType: 'image/png', width: 800 });
    const { channel, handed, left, steps } = aFileChannel();
    await deliver(channel);
    expect(steps).toEqual(['upload', 'send']);
    expect(handed).toEqual([picture]);
    expect(left[0]?.content).toEqual({ kind: 'image', mediaId: 'm1', caption: 'o catálogo' });
    expect(await stateOf(id)).toMatchObject({ status: 'sent', kind: 'image' });
  });

  it('keeps its name, and its place among the messages', async () => {
    const first = await queue(await upload(aPdf(), 'nota.pdf'));
    const second = await queue(await upload(aVoiceNote()));
    const { channel, left } = aFileChannel();
    await Promise.all([deliver(channel), deliver(channel)]);
    await deliver(channel);
    expect(left.map(({ messageId }) => messageId)).toEqual([first, second]);
    expect(left.map(({ content }) => content)).toEqual([
      { kind: 'document', mediaId: 'm1', fileName: 'nota.pdf' },
      { kind: 'voice', mediaId: 'm2' },
    ]);
  });

  it('that the channel has is not handed over again, until it has run out or is refused', async () => {
    const file = await upload(picture);
    const refused: SendOutcome = { kind: 'refused', code: 'whatsapp-131053' };
    const first = aFileChannel({ outcomes: [{ kind: 'accepted', externalId: 'x1' }, refused] });
    await queue(file);
    await queue(file);
    await deliver(first.channel);
    expect(first.steps).toEqual(['upload', 'send', 'send']);
    const second = aFileChannel();
    await queue(file);
    await deliver(second.channel);
    expect(second.steps).toEqual(['upload', 'send']);
    await sql`update channel_file set expires_at = clock_timestamp()`.execute(world.deps().db);
    const third = aFileChannel();
    await queue(file);
    await deliver(third.channel);
    expect(third.steps).toEqual(['upload', 'send']);
  });

  it('under one idempotency key is one message', async () => {
    const file = await upload(picture);
    const key = newId();
    const ids = new Set([await queue(file, { key }), await queue(file, { key })]);
    expect(ids.size).toBe(1);
    await expect(send(await upload(aPdf()), { key })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('can be sent by whoever put it here, as what it is', async () => {
    const colleague = await aMember(world.deps().db, world.stage().place.workspaceId, 'agent');
    const theirs = await upload(picture, undefined, colleague);
    await expect(send(theirs)).rejects.toMatchObject({ code: 'upload-not-found' });
    await expect(send(await upload(picture), { kind: 'document' })).rejects.toMatchObject({
      code: 'upload-of-another-kind',
    });
    expect(await stateOf(await queue(await upload(aVoiceNote()), { kind: 'audio' }))).toMatchObject(
      {
        kind: 'audio',
      },
    );
  });

  it('lives on by its message when the upload is forgotten', async () => {
    const id = await queue(await upload(picture));
    const unused = await upload(aPdf());
    await sql`update upload set created_at = created_at - interval '2 days'`.execute(
      world.deps().db,
    );
    await sql`update stored_file set created_at = created_at - interval '2 days'`.execute(
      world.deps().db,
    );
    await upkeep('media.sweep');
    await expect(send(unused)).rejects.toMatchObject({ code: 'upload-not-found' });
    expect(await storedBytes(aPdf())).toBeUndefined();
    expect(await storedBytes(picture)).toEqual(picture);
    const { channel } = aFileChannel();
    await deliver(channel);
    expect(await stateOf(id)).toMatchObject({ status: 'sent' });
  });
});

describe('handing over', () => {
  it('that fails for now is tried again later, and in the end fails', async () => {
    const id = await queue(await upload(picture));
    const busy: UploadOutcome = { kind: 'retry', code: 'whatsapp-4', afterMs: 3_600_000 };
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await stateOf(id)).toMatchObject({ status: 'queued' });
      await sql`update message set next_attempt_at = null where id = ${id}`.execute(
        world.deps().db,
      );
      await deliver(aFileChannel({ uploads: [busy] }).channel);
    }
    expect(await stateOf(id)).toMatchObject({ status: 'failed', errorCode: 'whatsapp-4' });
  });

  it('that is refused fails the message, and the next one goes', async () => {
    const id = await queue(await upload(picture));
    const next = await queue(await upload(aPdf()));
    await deliver(
      aFileChannel({ uploads: [{ kind: 'refused', code: 'whatsapp-131053' }] }).channel,
    );
    expect(await stateOf(id)).toMatchObject({ status: 'failed', errorCode: 'whatsapp-131053' });
    expect(await stateOf(next)).toMatchObject({ status: 'sent' });
  });

  it('of a file that is not there fails the message', async () => {
    const id = await queue(await upload(picture));
    for (const key of await filesOfWorkspace()) {
      await world.deps().files.delete(key);
    }
    const { channel, steps } = aFileChannel();
    await deliver(channel);
    expect(steps).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ status: 'failed', errorCode: 'file-missing' });
  });

  it('by a process that died is taken up by another once it must be over', async () => {
    const id = await queue(await upload(picture));
    const died = aFileChannel({
      duringUpload: () => Promise.reject(new Error('the process died')),
    });
    await expect(deliver(died.channel)).rejects.toThrow('died');
    const next = aFileChannel();
    await deliver(next.channel);
    expect(next.steps).toEqual([]);
    await sql`update message set next_attempt_at = clock_timestamp() where id = ${id}`.execute(
      world.deps().db,
    );
    await deliver(next.channel);
    expect(next.steps).toEqual(['upload', 'send']);
  });
});

describe('to a blocked contact', () => {
  const blocked = { status: 'failed', errorCode: 'contact-blocked' };
  const shut = () => block(world.deps(), world.stage().admin, thread.contactId);

  it('no file is accepted; the attempt is kept with it', async () => {
    await shut();
    const answer = await send(await upload(picture));
    expect(answer).toMatchObject({ kind: 'refused', code: 'contact-blocked' });
    const id = answer.kind === 'refused' ? answer.messageId : '';
    expect(await stateOf(id)).toMatchObject({ ...blocked, kind: 'image' });
    expect(await mediaOf(id)).toMatchObject({ state: 'ready' });
  });

  it('what waited when the block came is neither handed over nor sent, nor after it', async () => {
    const id = await queue(await upload(picture));
    await shut();
    await unblock(world.deps(), world.stage().admin, thread.contactId);
    const { channel, steps } = aFileChannel();
    await deliver(channel);
    expect(steps).toEqual([]);
    expect(await stateOf(id)).toMatchObject(blocked);
  });

  it('a block during the upload lets nothing leave', async () => {
    const id = await queue(await upload(picture));
    const { channel, steps } = aFileChannel({ duringUpload: shut });
    await deliver(channel);
    expect(steps).toEqual(['upload']);
    expect(await stateOf(id)).toMatchObject(blocked);
  });

  it('nor does a block that was lifted again during the upload', async () => {
    const id = await queue(await upload(picture));
    const { channel, steps } = aFileChannel({
      duringUpload: async () => {
        await shut();
        await unblock(world.deps(), world.stage().admin, thread.contactId);
      },
    });
    await deliver(channel);
    expect(steps).toEqual(['upload']);
    expect(await stateOf(id)).toMatchObject(blocked);
  });
});

describe('a forward', () => {
  it('of a file names the very same file, and remembers where it is from', async () => {
    const { place, admin } = world.stage();
    const { id } = await receiveMedia('image');
    await fetch(id, aMediaChannel(picture).channel);
    await inTx(world.deps(), admin, (ctx) => revealMedia(ctx, id));
    const target = await aThread(world.deps(), place, { phone: aPhone() });
    const before = await filesOfWorkspace();
    const [result] = await inTx(world.deps(), admin, (ctx) =>
      forwardMessage(ctx, id, [target.conversationId], null),
    );
    expect(result).toMatchObject({ status: 'queued' });
    const { channel, left, handed } = aFileChannel();
    await deliver(channel, target.conversationId);
    expect(handed).toEqual([picture]);
    expect(left).toMatchObject([{ content: { kind: 'image', mediaId: 'm1' } }]);
    expect(await filesOfWorkspace()).toEqual(before);
    const { rows } = await sql<{ from: string }>`
      select forwarded_from as "from" from message where id = ${result?.messageId}`.execute(
      world.deps().db,
    );
    expect(rows[0]?.from).toBe(id);
  });

  it('of what is not here, or WhatsApp does not take from us, is refused', async () => {
    const waiting = await receiveMedia('image');
    const odd = await receiveMedia('document');
    await fetch(odd.id, aMediaChannel(Buffer.from([0, 1, 2])).channel);
    for (const { id } of [waiting, odd]) {
      await expect(
        inTx(world.deps(), world.stage().admin, (ctx) =>
          forwardMessage(ctx, id, [thread.conversationId], null),
        ),
      ).rejects.toMatchObject({ code: 'message-not-forwardable' });
    }
  });
});
