import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { block, unblock } from '#features/gate/server/testing.ts';
import { anUpload, aPdf } from '#features/media/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { deliveryJobs } from '../deliver-message.job.ts';
import { sendMessage } from '../send-message.ts';
import { aFileChannel } from '../testing/file-channel.ts';
import { mediaWorld } from '../testing/media-world.ts';
import { aThread } from '../testing.ts';
import { sendStopped } from './decide-stopped.ts';

const world = mediaWorld();

describe('a file that a block stopped', () => {
  it('is sent again by its very file, and nothing is kept twice', async () => {
    const { admin, place, phone } = world.stage();
    const deps = world.deps();
    const { contactId, conversationId } = await aThread(deps, place, { phone });
    const upload = await anUpload(deps, admin, aPdf(), 'nota.pdf');
    const queued = await inTx(deps, admin, (ctx) =>
      sendMessage(ctx, {
        conversationId,
        text: 'segue',
        media: { kind: 'document', uploadId: upload.id },
        replyToId: null,
        forwardedFrom: null,
        idempotencyKey: null,
      }),
    );
    const id = queued.kind === 'queued' ? queued.messageId : '';
    const { channel, left } = aFileChannel();
    const job = deliveryJobs(channel).find(({ name }) => name === 'conversations.deliver');
    const deliver = () =>
      job?.runUnparsed(
        { workspaceId: place.workspaceId, conversationId },
        { deps, log: deps.log, attempt: 1 },
      );
    await block(deps, admin, contactId);
    await deliver();
    await unblock(deps, admin, contactId);
    const { rows } = await sql`select status from message where id = ${id}`.execute(deps.db);
    expect(rows).toEqual([{ status: 'failed' }]);

    const files = await world.filesOfWorkspace();
    await inTx(deps, admin, (ctx) => sendStopped(ctx, id));
    await deliver();
    expect(left.map(({ content }) => content)).toEqual([
      { kind: 'document', mediaId: 'm1', fileName: 'nota.pdf', caption: 'segue' },
    ]);
    expect(await world.filesOfWorkspace()).toEqual(files);
  });
});
