import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, PersonRef, SendOutcome } from '#channels/channel.ts';
import { block, moveBlockBack, unblock } from '#features/gate/server/testing.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { claimNextMessage } from './claim-dispatch.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { mergeContacts } from './merge-contacts.ts';
import { sendMessage } from './send-message.ts';
import { aStage } from './testing/stage.ts';
import {
  aBsuid,
  anAction,
  aPhone,
  aRecorder,
  aText,
  aThread,
  aWamid,
  receive,
  type Thread,
} from './testing.ts';

const stage = aStage();

let ana: PersonRef;
let bia: PersonRef;
let older: Thread;
let younger: Thread;

beforeEach(async () => {
  [ana, bia] = [{ phone: aPhone() }, { bsuid: aBsuid() }];
  [older, younger] = [
    await aThread(stage.deps, stage.place, ana),
    await aThread(stage.deps, stage.place, bia),
  ];
});

const merge = (by: Actor = stage.admin): Promise<string> =>
  inTx(stage.deps, by, (ctx) => mergeContacts(ctx, younger.contactId, older.contactId));

const messagesOf = async (contactId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from message where contact_id = ${contactId}`.execute(stage.deps.db);
  return rows[0]?.n ?? 0;
};

const isStored = async (person: PersonRef): Promise<boolean> => {
  const text = aText(stage.place, person);
  await receive(stage.deps, text);
  const { rows } = await sql`select 1 from message where external_id = ${text.externalId}`.execute(
    stage.deps.db,
  );
  return rows.length === 1;
};

const deliver = async (channel: Channel, conversationId: string): Promise<void> => {
  const job = deliveryJobs(channel).find((one) => one.name === 'conversations.deliver');
  const payload = { workspaceId: stage.place.workspaceId, conversationId };
  await job?.runUnparsed(payload, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
};

const openBlocks = async () => {
  const { rows } = await sql<{ contactId: string; cause: string; expiresAt: Date | null }>`
    select contact_id as "contactId", cause, expires_at as "expiresAt" from block
     where workspace_id = ${stage.place.workspaceId} and lifted_at is null`.execute(stage.deps.db);
  return rows;
};

const send = (conversationId: string) =>
  inTx(stage.deps, stage.admin, (ctx) =>
    sendMessage(ctx, {
      conversationId,
      text: 'oi',
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey: null,
    }),
  );

const claim = () =>
  inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
    claimNextMessage(ctx, older.conversationId),
  );

describe('merging two contacts', () => {
  it('makes one of both histories; the other leads to the one that remains', async () => {
    const [a, b] = [await messagesOf(older.contactId), await messagesOf(younger.contactId)];
    expect(await merge()).toBe(older.contactId);
    expect(await messagesOf(older.contactId)).toBe(a + b);
    expect(await messagesOf(younger.contactId)).toBe(0);
    await expect(merge()).rejects.toMatchObject({ code: 'contact-merged' });
    await expect(block(stage.deps, stage.admin, younger.contactId)).rejects.toMatchObject({
      status: 404,
    });
    expect(await isStored(bia)).toBe(true);
    expect(await messagesOf(younger.contactId)).toBe(0);
  });

  it('is for administrators, and for contacts of their own workspace', async () => {
    const agent = await aMember(stage.deps.db, stage.place.workspaceId, 'agent');
    await expect(merge(agent)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    await expect(merge(stranger)).rejects.toMatchObject({ status: 404 });
  });

  it('keeps an identity that one left behind and the other has now', async () => {
    await sql`update contact_identity set is_former = true where contact_id = ${older.contactId}`.execute(
      stage.deps.db,
    );
    expect(await isStored(ana)).toBe(true);
    const { rows } = await sql<{ contactId: string }>`select contact_id as "contactId"
      from contact_identity where match_key = ${`phone:${ana.phone}`} and not is_former`.execute(
      stage.deps.db,
    );
    younger = { ...younger, contactId: rows[0]?.contactId ?? '' };
    await merge();
    const before = await messagesOf(older.contactId);
    expect(await isStored(ana)).toBe(true);
    expect(await messagesOf(older.contactId)).toBe(before + 1);
  });
});

describe('merging a blocked contact with another', () => {
  it.each(['older', 'younger'])('is a block of both, when it is the %s', async (which) => {
    const blocked = which === 'older' ? older : younger;
    await block(stage.deps, stage.admin, blocked.contactId, { reason: 'fraud' });
    const kept = await merge();
    expect(await openBlocks()).toMatchObject([{ contactId: kept, cause: 'merge' }]);
    expect(await isStored(ana)).toBe(false);
    expect(await isStored(bia)).toBe(false);
    expect(await send(older.conversationId)).toMatchObject({ kind: 'refused' });
    await unblock(stage.deps, stage.admin, kept);
    expect(await openBlocks()).toEqual([]);
  });

  it('goes on with the block that ends later', async () => {
    await block(stage.deps, stage.admin, older.contactId, {
      expiresAt: new Date(Date.now() + 60_000),
    });
    await block(stage.deps, stage.admin, younger.contactId);
    await merge();
    expect(await openBlocks()).toMatchObject([{ expiresAt: null }]);
  });

  it('takes its reactions along', async () => {
    const text = aText(stage.place, bia);
    await receive(stage.deps, text);
    await receive(
      stage.deps,
      anAction(stage.place, bia, text.externalId, { kind: 'reaction', emoji: '👍' }),
    );
    await block(stage.deps, stage.admin, older.contactId);
    const kept = await merge();
    const { rows } = await sql`select 1 from message_reaction where contact_id = ${kept}`.execute(
      stage.deps.db,
    );
    expect(rows).toHaveLength(1);
  });

  it('stops what was queued for either, also after an unblock', async () => {
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    await block(stage.deps, stage.admin, older.contactId);
    await merge();
    await unblock(stage.deps, stage.admin, older.contactId);
    expect(await claim()).toMatchObject({ kind: 'idle' });
  });

  it('still keeps out what was sent to either during an ended block', async () => {
    const { id } = await block(stage.deps, stage.admin, younger.contactId);
    await unblock(stage.deps, stage.admin, younger.contactId);
    await moveBlockBack(stage.deps.db, id, 600);
    await merge();
    const { rows: began } = await sql<{ at: number }>`
      select floor(extract(epoch from started_at))::int as at from block where id = ${id}`.execute(
      stage.deps.db,
    );
    const late = aText(stage.place, bia, { timestamp: began[0]?.at ?? 0 });
    await receive(stage.deps, late);
    const { rows } =
      await sql`select 1 from message where external_id = ${late.externalId}`.execute(
        stage.deps.db,
      );
    expect(rows).toEqual([]);
    expect(await isStored(bia)).toBe(true);
  });
});

describe('a merge while a block waits for the wire', () => {
  it('takes the request along, and the block goes on waiting for it', async () => {
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    const claimed = await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      claimNextMessage(ctx, younger.conversationId),
    );
    expect(claimed).toMatchObject({ kind: 'claimed' });
    const blocking = block(stage.deps, stage.admin, younger.contactId);
    await expect.poll(openBlocks).toHaveLength(1);
    await merge();
    const first = await Promise.race([
      blocking.then(() => 'answered'),
      new Promise((resolve) => setTimeout(() => resolve('waits'), 300)),
    ]);
    expect(first).toBe('waits');
    await sql`update dispatch_claim set ended_at = clock_timestamp()
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    expect((await blocking).stillOnWire).toEqual([]);
  });
});

describe('a merge during a request', () => {
  it('leaves what waits behind it to the worker that is at it', async () => {
    const texts = [await send(younger.conversationId), await send(younger.conversationId)];
    let answer: (outcome: SendOutcome) => void = () => undefined;
    const { channel, left } = aRecorder([() => new Promise((resolve) => (answer = resolve))]);
    const delivering = deliver(channel, younger.conversationId);
    await expect.poll(() => left).toHaveLength(1);
    await merge();
    // The job that the merge enqueued: somebody is at it.
    await deliver(channel, older.conversationId);
    expect(left).toHaveLength(1);
    answer({ kind: 'accepted', externalId: aWamid() });
    await delivering;
    expect(left).toHaveLength(2);
    expect(texts).toMatchObject([
      { messageId: left[0]?.messageId },
      { messageId: left[1]?.messageId },
    ]);
  });

  it('has a retry wait in the conversation that remains', async () => {
    await send(younger.conversationId);
    let answer: (outcome: SendOutcome) => void = () => undefined;
    const { channel, left } = aRecorder([() => new Promise((resolve) => (answer = resolve))]);
    const delivering = deliver(channel, younger.conversationId);
    await expect.poll(() => left).toHaveLength(1);
    await merge();
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    answer({ kind: 'retry', code: 'whatsapp-131056', afterMs: 60_000 });
    await delivering;
    const { rows } = await sql<{ key: string }>`
      select key from graphile_worker._private_jobs where key like 'deliver:%'`.execute(
      stage.deps.db,
    );
    expect(rows).toEqual([{ key: `deliver:${older.conversationId}` }]);
  });
});

describe('the epochs of two that become one', () => {
  it('are never taken for one another: what was good stays good', async () => {
    await block(stage.deps, stage.admin, older.contactId);
    await unblock(stage.deps, stage.admin, older.contactId);
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    await merge();
    expect(await claim()).toMatchObject({ kind: 'claimed' });
  });

  it('and what was accepted before a later block stays stopped', async () => {
    for (let n = 0; n < 2; n += 1) {
      await block(stage.deps, stage.admin, younger.contactId);
      await unblock(stage.deps, stage.admin, younger.contactId);
    }
    await block(stage.deps, stage.admin, older.contactId);
    await unblock(stage.deps, stage.admin, older.contactId);
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    await merge();
    await block(stage.deps, stage.admin, older.contactId);
    await unblock(stage.deps, stage.admin, older.contactId);
    expect(await claim()).toMatchObject({ kind: 'idle' });
  });
});

describe('an item that shows two contacts to be one person', () => {
  const both = (): PersonRef => ({ ...ana, ...bia });

  it('merges them', async () => {
    expect(await isStored(both())).toBe(true);
    expect(await messagesOf(younger.contactId)).toBe(0);
  });

  it('is dropped when either is blocked, and from then on every form of both is', async () => {
    await block(stage.deps, stage.admin, younger.contactId);
    expect(await isStored(both())).toBe(false);
    expect(await isStored(ana)).toBe(false);
    expect(await isStored(bia)).toBe(false);
    expect(await openBlocks()).toMatchObject([{ contactId: older.contactId, cause: 'merge' }]);
  });

  it('drops every item of its batch that names one of them', async () => {
    await block(stage.deps, stage.admin, younger.contactId);
    const texts = [aText(stage.place, ana), aText(stage.place, both()), aText(stage.place, bia)];
    await receive(stage.deps, ...texts);
    const { rows } = await sql`select 1 from message
      where external_id = any(${texts.map((text) => text.externalId)})`.execute(stage.deps.db);
    expect(rows).toEqual([]);
  });
});
