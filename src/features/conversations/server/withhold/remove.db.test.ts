import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { mediaUpkeepJobs } from '#features/media/server/index.ts';
import { aMediaChannel, anUpload, aPicture, runFetch } from '#features/media/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { claimNextMessage } from '../claim-dispatch.ts';
import { indexMessages } from '../index-messages.ts';
import { reactToMessage } from '../react-to-message.ts';
import { sendMessage } from '../send-message.ts';
import { peopleOn } from '../testing/people-world.ts';
import { aStage } from '../testing/stage.ts';
import { withholdOn } from '../testing/withhold-world.ts';
import { anAction, receive, type Thread } from '../testing.ts';
import { endUpload } from '../upload-before-claim.ts';
import { countSameBytes, listSameBytes } from './same-bytes-queries.ts';

const stage = aStage();
const world = withholdOn(stage);

let ana: Thread & { phone: string };
let bia: Thread & { phone: string };
beforeEach(async () => {
  const [a, b] = await world.people(2);
  if (a === undefined || b === undefined) {
    throw new Error('two people');
  }
  [ana, bia] = [a, b];
});

/** A picture of somebody, its file here. */
const sends = async (phone: string, bytes: Buffer) => {
  const image = { kind: 'image', payload: { mediaId: '1', mimeType: 'image/jpeg' } } as const;
  const sent = await world.writes(phone, '', { content: { ...image, text: 'legenda canário' } });
  await runFetch(stage.deps, aMediaChannel(bytes).channel, stage.place.workspaceId, sent.id);
  // Not as from a stranger.
  await sql`update message_media set is_covered = false where message_id = ${sent.id}`.execute(
    stage.deps.db,
  );
  return sent;
};

const tombstone = {
  text: null,
  content: null,
  media: null,
  reactions: [],
  replyTo: null,
  isForwarded: false,
  withheld: 'removed',
  removalNumber: 7,
};

const dropJobs = async (): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from graphile_worker._private_jobs
    where key like ${`drop:${stage.place.workspaceId}:%`}`.execute(stage.deps.db);
  return rows[0]?.n ?? 0;
};

describe('a removal', () => {
  it('leaves a row that says nothing, of the message and of its copies', async () => {
    const { id, item } = await sends(ana.phone, await aPicture());
    const like = { kind: 'reaction', emoji: '👍' } as const;
    await receive(stage.deps, anAction(stage.place, { phone: ana.phone }, item.externalId, like));
    const [copy = ''] = await world.forwards(id, [bia]);
    const reply = await world.answers(ana, 'resposta', id);
    await inTx(stage.deps, systemActor(stage.place.workspaceId), indexMessages);
    await world.covers(newId(), id);
    const { at } = await world.shown(id);
    expect(await world.removes([copy])).toEqual({
      messages: 1,
      copies: 1,
      files: 2,
      words: 2,
      hashes: [expect.any(Buffer), expect.any(Buffer)],
      queued: 0,
    });
    expect(await world.shown(id)).toMatchObject({ ...tombstone, at, status: 'received' });
    expect(await world.shown(copy)).toMatchObject({ ...tombstone, status: 'sent' });
    expect((await world.shown(reply)).replyTo).toMatchObject({ text: null, withheld: 'removed' });
    for (const table of ['message_media', 'message_reaction', 'message_cover']) {
      expect(await world.count(table), table).toBe(0);
    }
    expect(await dropJobs()).toBe(2);
    const { rows } = await sql<{ last: string }>`select last_message_id as last from conversation
      where id = ${bia.conversationId}`.execute(stage.deps.db);
    expect(rows[0]?.last).toBe(copy);
  });

  it('is not undone by what comes again, nor by an edit, a revoke, a reaction or a status', async () => {
    const { id, item } = await world.writes(ana.phone, 'canário');
    const sent = await world.answers(ana, 'enviada');
    await sql`update message set status = 'unknown' where id = ${sent}`.execute(stage.deps.db);
    await world.removes([id, sent]);
    await receive(stage.deps, item, { ...item, isHistory: true });
    for (const action of [
      { kind: 'edit', text: 'canário 2' },
      { kind: 'revoke' },
      { kind: 'reaction', emoji: '👍' },
    ] as const) {
      const [person, later] = [{ phone: ana.phone }, { timestamp: item.timestamp + 5 }];
      await receive(stage.deps, anAction(stage.place, person, item.externalId, action, later));
    }
    await receive(stage.deps, {
      type: 'status',
      ...stage.place,
      externalId: `wamid.${newId()}`,
      timestamp: item.timestamp,
      status: 'delivered',
      callbackData: sent,
    });
    expect(await world.shown(id)).toMatchObject(tombstone);
    expect(await world.shown(sent)).toMatchObject({ ...tombstone, status: 'sent' });
    await inTx(stage.deps, systemActor(stage.place.workspaceId), indexMessages);
    const { rows } =
      await sql`select 1 from message m where m.workspace_id = ${stage.place.workspaceId}
      and m.text like 'canário%'`.execute(stage.deps.db);
    expect(rows).toEqual([]);
    expect(await world.count('message_reaction')).toBe(0);
  });

  it('takes the emoji of our own reactions, and what waited does not leave', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const reacts = async (emoji: string, key: string): Promise<string> => {
      const answer = await inTx(stage.deps, stage.admin, (ctx) =>
        reactToMessage(ctx, id, emoji, key),
      );
      return answer.kind === 'queued' ? answer.messageId : '';
    };
    const gone = await reacts('🖕', 'uma');
    await sql`update message set status = 'read' where id = ${gone}`.execute(stage.deps.db);
    const waiting = await reacts('🤬', 'outra');
    await world.covers(newId(), id);
    await world.removes([id]);
    const [first, second] = [await world.row(gone), await world.row(waiting)];
    expect([first['text'], first['status'], second['text'], second['status']]).toEqual([
      ...[null, 'read', null, 'failed'],
    ]);
    const { rows } = await sql<{
      key: string;
      hash: string;
    }>`select key, encode(request_hash, 'hex') as hash
      from idempotency_key where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect(rows.map(({ hash }) => hash)).toEqual(['', '']);
    expect(JSON.stringify(rows)).not.toMatch(/uma|outra/);
    expect(await reacts('🖕', 'uma')).toBe(gone);
  });

  it('works for a blocked contact and for one that was merged; the second wall stands otherwise', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const { id: other } = await world.writes(ana.phone, 'fica');
    await peopleOn(stage).merge(ana.contactId, bia.contactId);
    const { contact_id: contactId } = await world.row(id);
    await block(stage.deps, stage.admin, String(contactId));
    expect((await world.removes([id])).messages).toBe(1);
    expect(await world.shown(id)).toMatchObject(tombstone);
    await expect(
      sql`update message set text = null where id = ${other}`.execute(stage.deps.db),
    ).rejects.toMatchObject({ code: 'GT001' });
    await expect(
      sql`update message set removed_at = null, removal_number = null where id = ${id}`.execute(
        stage.deps.db,
      ),
    ).rejects.toMatchObject({ code: 'GT001' });
  });

  it('waits for what is on its way, and takes what waits to be sent', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const [copy = ''] = await world.forwards(id, [bia]);
    const claimed = await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      claimNextMessage(ctx, bia.conversationId),
    );
    expect(claimed.kind).toBe('claimed');
    await expect(world.removes([id])).rejects.toMatchObject({
      code: 'message-on-its-way',
      status: 409,
    });
    expect((await world.shown(id)).text).toBe('canário');
    await sql`update message set status = 'queued' where id = ${copy}`.execute(stage.deps.db);
    await sql`update dispatch_claim set ended_at = clock_timestamp() where message_id = ${copy}`.execute(
      stage.deps.db,
    );
    expect(await world.removes([id])).toMatchObject({ messages: 1, copies: 1, queued: 1 });
    expect(
      await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
        claimNextMessage(ctx, bia.conversationId),
      ),
    ).toEqual({ kind: 'idle' });
  });

  it('takes others of the very same bytes when they are ticked, and only those', async () => {
    const bytes = await aPicture();
    const { id } = await sends(ana.phone, bytes);
    const { id: same } = await sends(bia.phone, bytes);
    const { id: other } = await sends(bia.phone, await aPicture('png'));
    const { workspaceId } = stage.place;
    await world.forwards(id, [bia]);
    expect([...(await countSameBytes(stage.deps.db, workspaceId, [id, other]))]).toEqual([[id, 1]]);
    expect(await listSameBytes(stage.deps.db, workspaceId, id, 10)).toMatchObject([
      { messageId: same, conversationId: bia.conversationId, contactName: 'Ana', direction: 'in' },
    ]);
    await expect(world.removes([id], [same, other])).rejects.toMatchObject({
      code: 'message-not-removable',
      status: 422,
    });
    expect(await world.removes([id], [same])).toMatchObject({ messages: 2, copies: 1 });
    expect(await world.shown(same)).toMatchObject(tombstone);
    expect((await world.shown(other)).withheld).toBeNull();
  });

  it('is told to programs that listen, as covers are, without a word of content', async () => {
    const { workspaceId } = stage.place;
    await sql`insert into webhook_endpoint (workspace_id, id, url, event_types, secret)
      values (${workspaceId}, ${newId()}, 'https://hooks.example/', ${['message.covered', 'message.restored', 'message.removed']}, 'x')`.execute(
      stage.deps.db,
    );
    const { id } = await world.writes(ana.phone, 'canário');
    const [copy = ''] = await world.forwards(id, [bia]);
    const requestId = newId();
    await world.covers(requestId, id);
    await world.restores(requestId, id);
    await world.removes([id]);
    const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
      select type, data from webhook_event where workspace_id = ${workspaceId} order by id`.execute(
      stage.deps.db,
    );
    expect(rows.map(({ type, data }) => [type, data['messageId']])).toEqual(
      ['message.covered', 'message.restored', 'message.removed'].flatMap((type) => [
        [type, id],
        [type, copy],
      ]),
    );
    expect(rows[0]?.data).toMatchObject({ requestId, conversationId: ana.conversationId });
    expect(rows[5]?.data).toMatchObject({ removalNumber: 7, contact: { id: bia.contactId } });
    expect(JSON.stringify(rows)).not.toContain('canário');
  });

  it('takes what was put here to be sent, unless another message has those bytes', async () => {
    const [bytes, kept] = [await aPicture(), await aPicture('png')];
    const { id } = await sends(ana.phone, bytes);
    const { id: second } = await sends(ana.phone, kept);
    await sends(bia.phone, kept);
    for (const upload of [bytes, kept]) {
      await anUpload(stage.deps, stage.agent, upload, 'canário.png');
    }
    await world.removes([id, second]);
    const { rows } = await sql`select mime_type as mime, file_name as name from upload
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect(rows).toEqual([{ mime: 'image/png', name: null }]);
  });

  it('of a message whose file is on its way to the channel leaves no name of the file', async () => {
    const upload = await anUpload(stage.deps, stage.agent, await aPicture());
    const about = { conversationId: ana.conversationId, replyToId: null, forwardedFrom: null };
    const sent = await inTx(stage.deps, stage.agent, (ctx) => {
      const media = { kind: 'image', uploadId: upload.id } as const;
      return sendMessage(ctx, { ...about, text: 'canário', media, idempotencyKey: null });
    });
    const system = systemActor(stage.place.workspaceId);
    const claimed = await inTx(stage.deps, system, (ctx) =>
      claimNextMessage(ctx, ana.conversationId),
    );
    if (claimed.kind !== 'upload' || !('messageId' in sent)) {
      return expect.fail(claimed.kind);
    }
    expect(await world.removes([sent.messageId])).toMatchObject({ messages: 1, queued: 1 });
    const { sha256 } = claimed.upload.file;
    const file = { workspaceId: stage.place.workspaceId, sha256: sha256.toString('hex') };
    for (const job of mediaUpkeepJobs.filter(({ name }) => name === 'media.drop-file')) {
      await job.runUnparsed(file, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
    }
    const outcome = { kind: 'stored', mediaId: '3000', goodForMs: 3_600_000 } as const;
    await inTx(stage.deps, system, (ctx) => endUpload(ctx, claimed.upload, outcome));
    expect(await world.count('channel_file')).toBe(0);
    expect(await world.count('upload')).toBe(0);
    expect(await world.shown(sent.messageId)).toMatchObject({ ...tombstone, status: 'sent' });
  });

  it('is done once, whoever comes second', async () => {
    const { id } = await world.writes(ana.phone, 'canário');
    const results = await Promise.all([world.removes([id]), world.removes([id])]);
    expect(results.map(({ messages }) => messages).sort()).toEqual([0, 1]);
  });
});
