import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, PersonRef, SendOutcome } from '#channels/channel.ts';
import { block, moveBlockBack, unblock } from '#features/gate/server/testing.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { claimNextMessage } from './claim-dispatch.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { mergeContacts } from './merge-contacts.ts';
import { sendMessage } from './send-message.ts';
import {
  aBsuid,
  aChannel,
  anAction,
  aPhone,
  aRecorder,
  aText,
  aThread,
  aWamid,
  type Place,
  receive,
  type Thread,
} from './testing.ts';

let deps: TestDeps;
let place: Place;
let admin: Actor;
let ana: PersonRef;
let bia: PersonRef;
let older: Thread;
let younger: Thread;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  admin = await aMember(deps.db, workspaceId);
  [ana, bia] = [{ phone: aPhone() }, { bsuid: aBsuid() }];
  [older, younger] = [await aThread(deps, place, ana), await aThread(deps, place, bia)];
});

const merge = (by: Actor = admin): Promise<string> =>
  inTx(deps, by, (ctx) => mergeContacts(ctx, younger.contactId, older.contactId));

const messagesOf = async (contactId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from message where contact_id = ${contactId}`.execute(deps.db);
  return rows[0]?.n ?? 0;
};

const isStored = async (person: PersonRef): Promise<boolean> => {
  const text = aText(place, person);
  await receive(deps, text);
  const { rows } = await sql`select 1 from message where external_id = ${text.externalId}`.execute(
    deps.db,
  );
  return rows.length === 1;
};

const deliver = async (channel: Channel, conversationId: string): Promise<void> => {
  const job = deliveryJobs(channel).find((one) => one.name === 'conversations.deliver');
  const payload = { workspaceId: place.workspaceId, conversationId };
  await job?.runUnparsed(payload, { deps, log: deps.log, attempt: 1 });
};

const openBlocks = async () => {
  const { rows } = await sql<{ contactId: string; cause: string; expiresAt: Date | null }>`
    select contact_id as "contactId", cause, expires_at as "expiresAt" from block
     where workspace_id = ${place.workspaceId} and lifted_at is null`.execute(deps.db);
  return rows;
};

const send = (conversationId: string) =>
  inTx(deps, admin, (ctx) =>
    sendMessage(ctx, {
      conversationId,
      text: 'oi',
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey: null,
    }),
  );

const claim = () =>
  inTx(deps, systemActor(place.workspaceId), (ctx) => claimNextMessage(ctx, older.conversationId));

describe('merging two contacts', () => {
  it('makes one of both histories; the other leads to the one that remains', async () => {
    const [a, b] = [await messagesOf(older.contactId), await messagesOf(younger.contactId)];
    expect(await merge()).toBe(older.contactId);
    expect(await messagesOf(older.contactId)).toBe(a + b);
    expect(await messagesOf(younger.contactId)).toBe(0);
    await expect(merge()).rejects.toMatchObject({ code: 'contact-merged' });
    await expect(block(deps, admin, younger.contactId)).rejects.toMatchObject({ status: 404 });
    expect(await isStored(bia)).toBe(true);
    expect(await messagesOf(younger.contactId)).toBe(0);
  });

  it('is for administrators, and for contacts of their own workspace', async () => {
    const agent = await aMember(deps.db, place.workspaceId, 'agent');
    await expect(merge(agent)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await aMember(deps.db, await aWorkspace(deps.db));
    await expect(merge(stranger)).rejects.toMatchObject({ status: 404 });
  });

  it('keeps an identity that one left behind and the other has now', async () => {
    await sql`update contact_identity set is_former = true where contact_id = ${older.contactId}`.execute(
      deps.db,
    );
    expect(await isStored(ana)).toBe(true);
    const { rows } = await sql<{ contactId: string }>`select contact_id as "contactId"
      from contact_identity where match_key = ${`phone:${ana.phone}`} and not is_former`.execute(
      deps.db,
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
    await block(deps, admin, blocked.contactId, { reason: 'fraud' });
    const kept = await merge();
    expect(await openBlocks()).toMatchObject([{ contactId: kept, cause: 'merge' }]);
    expect(await isStored(ana)).toBe(false);
    expect(await isStored(bia)).toBe(false);
    expect(await send(older.conversationId)).toMatchObject({ kind: 'refused' });
    await unblock(deps, admin, kept);
    expect(await openBlocks()).toEqual([]);
  });

  it('goes on with the block that ends later', async () => {
    await block(deps, admin, older.contactId, { expiresAt: new Date(Date.now() + 60_000) });
    await block(deps, admin, younger.contactId);
    await merge();
    expect(await openBlocks()).toMatchObject([{ expiresAt: null }]);
  });

  it('takes its reactions along', async () => {
    const text = aText(place, bia);
    await receive(deps, text);
    await receive(deps, anAction(place, bia, text.externalId, { kind: 'reaction', emoji: '👍' }));
    await block(deps, admin, older.contactId);
    const kept = await merge();
    const { rows } = await sql`select 1 from message_reaction where contact_id = ${kept}`.execute(
      deps.db,
    );
    expect(rows).toHaveLength(1);
  });

  it('stops what was queued for either, also after an unblock', async () => {
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    await block(deps, admin, older.contactId);
    await merge();
    await unblock(deps, admin, older.contactId);
    expect(await claim()).toMatchObject({ kind: 'idle' });
  });

  it('still keeps out what was sent to either during an ended block', async () => {
    const { id } = await block(deps, admin, younger.contactId);
    await unblock(deps, admin, younger.contactId);
    await moveBlockBack(deps.db, id, 600);
    await merge();
    const { rows: began } = await sql<{ at: number }>`
      select floor(extract(epoch from started_at))::int as at from block where id = ${id}`.execute(
      deps.db,
    );
    const late = aText(place, bia, { timestamp: began[0]?.at ?? 0 });
    await receive(deps, late);
    const { rows } =
      await sql`select 1 from message where external_id = ${late.externalId}`.execute(deps.db);
    expect(rows).toEqual([]);
    expect(await isStored(bia)).toBe(true);
  });
});

describe('a merge while a block waits for the wire', () => {
  it('takes the request along, and the block goes on waiting for it', async () => {
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    const claimed = await inTx(deps, systemActor(place.workspaceId), (ctx) =>
      claimNextMessage(ctx, younger.conversationId),
    );
    expect(claimed).toMatchObject({ kind: 'claimed' });
    const blocking = block(deps, admin, younger.contactId);
    await expect.poll(openBlocks).toHaveLength(1);
    await merge();
    const first = await Promise.race([
      blocking.then(() => 'answered'),
      new Promise((resolve) => setTimeout(() => resolve('waits'), 300)),
    ]);
    expect(first).toBe('waits');
    await sql`update dispatch_claim set ended_at = clock_timestamp()
      where workspace_id = ${place.workspaceId}`.execute(deps.db);
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
    await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
    answer({ kind: 'retry', code: 'whatsapp-131056', afterMs: 60_000 });
    await delivering;
    const { rows } = await sql<{ key: string }>`
      select key from graphile_worker._private_jobs where key like 'deliver:%'`.execute(deps.db);
    expect(rows).toEqual([{ key: `deliver:${older.conversationId}` }]);
  });
});

describe('the epochs of two that become one', () => {
  it('are never taken for one another: what was good stays good', async () => {
    await block(deps, admin, older.contactId);
    await unblock(deps, admin, older.contactId);
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    await merge();
    expect(await claim()).toMatchObject({ kind: 'claimed' });
  });

  it('and what was accepted before a later block stays stopped', async () => {
    for (let n = 0; n < 2; n += 1) {
      await block(deps, admin, younger.contactId);
      await unblock(deps, admin, younger.contactId);
    }
    await block(deps, admin, older.contactId);
    await unblock(deps, admin, older.contactId);
    expect(await send(younger.conversationId)).toMatchObject({ kind: 'queued' });
    await merge();
    await block(deps, admin, older.contactId);
    await unblock(deps, admin, older.contactId);
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
    await block(deps, admin, younger.contactId);
    expect(await isStored(both())).toBe(false);
    expect(await isStored(ana)).toBe(false);
    expect(await isStored(bia)).toBe(false);
    expect(await openBlocks()).toMatchObject([{ contactId: older.contactId, cause: 'merge' }]);
  });

  it('drops every item of its batch that names one of them', async () => {
    await block(deps, admin, younger.contactId);
    const texts = [aText(place, ana), aText(place, both()), aText(place, bia)];
    await receive(deps, ...texts);
    const { rows } = await sql`select 1 from message
      where external_id = any(${texts.map((text) => text.externalId)})`.execute(deps.db);
    expect(rows).toEqual([]);
  });
});
