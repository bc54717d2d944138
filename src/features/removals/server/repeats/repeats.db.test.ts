import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { findMessages } from '#features/conversations/server/index.ts';
import { aPhone, aText, receive } from '#features/conversations/server/testing.ts';
import { suggestRemovalJob } from '#features/media/server/index.ts';
import {
  alterCopy,
  aMediaChannel,
  asJpeg,
  drawTextured,
  runFetch,
  withholdingOf,
} from '#features/media/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { RemovalReason } from '../../contract.ts';
import { aRemovalsStage, outcomes, removalsOn } from '../testing/removals-stage.ts';
import { rejectRepeat } from './reject-repeat.ts';

const stage = aRemovalsStage();
const { asks, decides, runs, sees, withheldOf, auditOf } = removalsOn(stage);

const original = await asJpeg(drawTextured(21));
const copy = await alterCopy(drawTextured(21), 5);

let elsewhere: string;
beforeEach(() => {
  elsewhere = aPhone();
});

/** A picture of somebody, its file here. */
const arrives = async (bytes: Buffer, phone: string): Promise<string> => {
  const text = aText(
    stage.place,
    { phone },
    { content: { kind: 'image', text: 'legenda', payload: { mediaId: '9' } } },
  );
  await receive(stage.deps, text);
  const { rows } = await sql<{ id: string }>`
    select id from message where external_id = ${text.externalId}`.execute(stage.deps.db);
  const id = rows[0]?.id ?? '';
  await runFetch(stage.deps, aMediaChannel(bytes).channel, stage.place.workspaceId, id);
  // Not as from a stranger.
  await sql`update message_media set is_covered = false where message_id = ${id}`.execute(
    stage.deps.db,
  );
  return id;
};

const isRemoved = async (bytes: Buffer, reason: RemovalReason): Promise<void> => {
  const id = await arrives(bytes, stage.phone);
  const { requests } = await asks(stage.larissa, [id], { reason });
  await decides(stage.diego, requests[0]?.id ?? '', { [id]: 'remove' });
};

const suggests = (messageId: string) =>
  runs(suggestRemovalJob.name, { workspaceId: stage.place.workspaceId, messageId });

const requestOf = async (messageId: string): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`select request_id as id from removal_item
    where message_id = ${messageId}`.execute(stage.deps.db);
  return rows[0]?.id;
};

const rejects = (requestId: string, messageId: string, by = stage.diego) =>
  inTx(stage.deps, by, (ctx) => rejectRepeat(ctx, requestId, messageId));

const givenTo = (messageId: string, by = stage.diego) =>
  withholdingOf(stage.deps.db, by, messageId);

describe('the same picture from somebody else', () => {
  it('is covered, words and all, and Guarita asks the team for the reason of then', async () => {
    await isRemoved(original, 'fraud');
    const again = await arrives(original, elsewhere);
    expect(await givenTo(again)).toBe('media-withheld');
    await suggests(again);
    expect(await withheldOf(again)).toBe('covered');
    const request = await sees(stage.diego, (await requestOf(again)) ?? '');
    expect(request).toMatchObject({ state: 'open', isOwn: false, number: 2 });
    expect(request.askers).toMatchObject([{ kind: 'system', reason: 'fraud', note: null }]);
    expect(request.items).toMatchObject([{ messageId: again, repeat: 'same-bytes' }]);
  });

  it('saved anew is covered when it was sexual, and not when it was people’s data', async () => {
    await isRemoved(original, 'personal-data');
    expect(await givenTo(await arrives(copy, elsewhere))).toBeNull();
    // By its bytes it is suggested for the reason of then; this is somebody who removes it for another.
    const again = await arrives(await asJpeg(drawTextured(21), 80), elsewhere);
    const { requests } = await asks(stage.larissa, [again], { reason: 'sexual' });
    await decides(stage.diego, requests[0]?.id ?? '', { [again]: 'remove' });
    const third = await arrives(copy, elsewhere);
    await suggests(third);
    const request = await sees(stage.diego, (await requestOf(third)) ?? '');
    expect(request.askers).toMatchObject([{ kind: 'system', reason: 'sexual' }]);
    expect(request.items).toMatchObject([{ repeat: 'same-looks' }]);
  });

  it('is suggested once, whoever asks how often', async () => {
    await isRemoved(original, 'offense');
    const again = await arrives(original, elsewhere);
    await outcomes(suggests(again), suggests(again));
    await suggests(again);
    const { rows } = await sql`select 1 from removal_item where message_id = ${again}`.execute(
      stage.deps.db,
    );
    expect(rows).toHaveLength(1);
  });

  it('stands beside whoever asked first', async () => {
    await isRemoved(original, 'offense');
    const again = await arrives(original, elsewhere);
    await asks(stage.larissa, [again]);
    await suggests(again);
    const { askers, number } = await sees(stage.diego, (await requestOf(again)) ?? '');
    expect([number, askers.map(({ kind }) => kind)]).toEqual([2, ['member', 'system']]);
  });

  it('keeps people’s data from being told by its looks if any who asked said so', async () => {
    const id = await arrives(original, stage.phone);
    const { requests } = await asks(stage.larissa, [id], { reason: 'sexual' });
    await asks(stage.bruna, [id], { reason: 'personal-data' });
    await decides(stage.diego, requests[0]?.id ?? '', { [id]: 'remove' });
    const { rows } = await sql`select kind, reason from removed_print
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect(rows).toEqual([{ kind: 'exact', reason: 'personal-data' }]);
  });
});

/** A picture of somebody of which WhatsApp has told the bytes, and that is not here yet. */
const isAnnounced = async (bytes: Buffer): Promise<string> => {
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const payload = { mediaId: '9', sha256 };
  const item = aText(
    stage.place,
    { phone: elsewhere },
    { content: { kind: 'image', text: 'legenda', payload } },
  );
  await receive(stage.deps, item);
  const { rows } = await sql<{ id: string }>`
    select id from message where external_id = ${item.externalId}`.execute(stage.deps.db);
  const id = rows[0]?.id ?? '';
  // Not as from a stranger.
  await sql`update message_media set is_covered = false where message_id = ${id}`.execute(
    stage.deps.db,
  );
  return id;
};

it('not the same, said before a byte of it is here, holds for its looks once it is', async () => {
  await isRemoved(original, 'sexual');
  const id = await isAnnounced(original);
  await suggests(id);
  await rejects((await requestOf(id)) ?? '', id);
  await runFetch(stage.deps, aMediaChannel(original).channel, stage.place.workspaceId, id);
  expect(await withheldOf(id)).toBeNull();
  for (const bytes of [copy, original]) {
    expect(await givenTo(await arrives(bytes, aPhone()))).toBeNull();
  }
  // And what is removed anew is recognised anew.
  await isRemoved(original, 'sexual');
  expect(await givenTo(await arrives(copy, aPhone()))).toBe('media-withheld');
});

it('is told by what WhatsApp says of its bytes, before a byte of it is here', async () => {
  await isRemoved(original, 'fraud');
  const id = await isAnnounced(original);
  const read = async () =>
    (await findMessages(stage.deps.db, stage.place.workspaceId, [id], stage.larissa))[0];
  expect(await read()).toMatchObject({ text: null, media: { isWithheld: true } });
  await suggests(id);
  expect(await read()).toMatchObject({ withheld: 'covered', repeatReason: 'fraud' });
  await runFetch(stage.deps, aMediaChannel(original).channel, stage.place.workspaceId, id);
  await suggests(id);
  expect(await read()).toMatchObject({ withheld: 'covered', repeatReason: 'fraud' });
  const requestId = (await requestOf(id)) ?? '';
  await rejects(requestId, id);
  expect(await read()).toMatchObject({ withheld: null, text: 'legenda' });
  expect((await sees(stage.diego, requestId)).items).toMatchObject([
    { state: 'kept', decidedFor: 'not-the-same' },
  ]);
});

describe('kept', () => {
  const keeps = (requestId: string, messageId: string) =>
    decides(stage.diego, requestId, { [messageId]: 'keep' });

  it('by its looks: the same file and a copy of it come again uncovered', async () => {
    await isRemoved(original, 'sexual');
    const again = await arrives(copy, elsewhere);
    await suggests(again);
    await keeps((await requestOf(again)) ?? '', again);
    expect(await givenTo(await arrives(copy, elsewhere))).toBeNull();
    expect(await auditOf()).toContain('removals.print-retired');
  });

  it.each([
    ['kept', keeps],
    ['not the same', (requestId: string, messageId: string) => rejects(requestId, messageId)],
  ])('by its bytes, %s: nor is it told by its looks afterwards', async (_, lets) => {
    await isRemoved(original, 'sexual');
    const again = await arrives(original, elsewhere);
    await suggests(again);
    await lets((await requestOf(again)) ?? '', again);
    expect(await givenTo(await arrives(original, elsewhere))).toBeNull();
    expect(await givenTo(await arrives(copy, elsewhere))).toBeNull();
  });

  it('of what somebody asked for, and no print covered, nothing is retired', async () => {
    await isRemoved(original, 'sexual');
    const other = await arrives(await asJpeg(drawTextured(22)), elsewhere);
    const { requests } = await asks(stage.larissa, [other]);
    await keeps(requests[0]?.id ?? '', other);
    expect(await givenTo(await arrives(copy, elsewhere))).toBe('media-withheld');
  });
});

describe('not the same', () => {
  it('brings it back, retires the print, and nothing is covered by it again', async () => {
    await isRemoved(original, 'sexual');
    const again = await arrives(copy, elsewhere);
    await suggests(again);
    const requestId = (await requestOf(again)) ?? '';
    await rejects(requestId, again);
    expect(await withheldOf(again)).toBeNull();
    expect(await givenTo(again, stage.larissa)).toBeNull();
    const request = await sees(stage.diego, requestId);
    expect(request).toMatchObject({ state: 'refused', items: [{ state: 'kept', repeat: null }] });
    expect(await givenTo(await arrives(copy, elsewhere))).toBeNull();
    expect(await auditOf()).toContain('removals.print-retired');
    expect(await outcomes(rejects(requestId, again))).toEqual(['print-not-found']);
  });

  it('is said by whoever reviews, of what a print has covered', async () => {
    await isRemoved(original, 'sexual');
    const again = await arrives(copy, elsewhere);
    await suggests(again);
    const requestId = (await requestOf(again)) ?? '';
    const asked = await arrives(await asJpeg(drawTextured(22)), elsewhere);
    const { requests } = await asks(stage.larissa, [asked]);
    expect(
      await outcomes(
        rejects(requestId, again, stage.larissa),
        rejects(requests[0]?.id ?? '', asked),
        rejects(requests[0]?.id ?? '', again),
      ),
    ).toEqual(['forbidden', 'print-not-found', 'print-not-found']);
  });

  it('said before the suggestion was made lets the file go', async () => {
    await isRemoved(original, 'sexual');
    const first = await arrives(copy, elsewhere);
    const second = await arrives(copy, elsewhere);
    await suggests(first);
    await rejects((await requestOf(first)) ?? '', first);
    expect(await givenTo(second)).toBe('media-withheld');
    await suggests(second);
    expect(await givenTo(second)).toBeNull();
    expect(await withheldOf(second)).toBeNull();
  });
});
