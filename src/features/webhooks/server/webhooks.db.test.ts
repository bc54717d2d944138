import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { mostAttempts } from './back-off.ts';
import { updateEndpoint } from './change-endpoint.ts';
import { claimDelivery } from './claim-delivery.ts';
import { forgetOldWebhooks } from './forget-old.ts';
import { publish } from './publish.ts';
import { recordDelivery } from './record-delivery.ts';
import {
  addEndpoint,
  aHookWorld,
  deliveriesOf,
  endpointState,
  letTimePass,
  product,
  runLane,
  tellBlocked,
  verifyReceived,
} from './testing/hook-world.ts';

const world = aHookWorld();

const laneOf = (contactId: string) => ({
  workspaceId: world.admin.workspaceId,
  endpointId: world.endpoint.id,
  lane: contactId,
});

const jobsWaiting = async (contactId: string): Promise<number> => {
  const { rows } = await sql`select 1 from graphile_worker.jobs
    where key = ${`webhook:${world.endpoint.id}:${contactId}`}`.execute(world.deps.db);
  return rows.length;
};

const countEvents = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from webhook_event
    where workspace_id = ${world.admin.workspaceId}`.execute(world.deps.db);
  return rows[0]?.n ?? 0;
};

const endpointNow = () => endpointState(world);

const verify = (index: number, secret?: string): unknown => verifyReceived(world, index, secret);

describe('an event', () => {
  it('arrives signed, with ids and a masked number', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    expect(await jobsWaiting(contactId)).toBe(1);
    await runLane(world, contactId);
    expect(verify(0)).toEqual({
      type: 'contact.blocked',
      timestamp: expect.any(String),
      data: {
        contact: { id: contactId, maskedNumber: '+55 •• ••••-0001' },
        actor: { kind: 'member', id: world.admin.id },
        blockId: expect.any(String),
        ...{ reason: 'spam', cause: 'manual', expiresAt: null },
      },
    });
    expect(await deliveriesOf(world)).toMatchObject([
      { state: 'delivered', attempts: [{ status: 204, error: null }] },
    ]);
    expect((await deliveriesOf(world))[0]?.body).toBe(world.receiver.received[0]?.body);
  });

  it('is refused by the library when a byte or the secret is another', async () => {
    await tellBlocked(world, world.admin.workspaceId);
    await runLane(world, world.admin.workspaceId);
    const [got] = world.receiver.received;
    const headers = got?.headers as Record<string, string>;
    expect(() => new Webhook(world.endpoint.secret).verify(`${got?.body} `, headers)).toThrow();
    expect(() => verify(0, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toThrow();
  });

  it('leaves no row where nobody listens, and none of a rolled-back transaction', async () => {
    await inTx(world.deps, world.admin, (ctx) =>
      updateEndpoint(ctx, world.endpoint.id, { events: ['message.refused'] }, true),
    );
    await tellBlocked(world, newId());
    expect([await countEvents(), await deliveriesOf(world)]).toEqual([0, []]);
    await inTx(world.deps, world.admin, (ctx) =>
      updateEndpoint(ctx, world.endpoint.id, { events: ['contact.blocked'] }, true),
    );
    await expect(
      inTx(world.deps, world.admin, async (ctx) => {
        const data = {
          blockId: newId(),
          reason: 'spam',
          cause: 'manual',
          expiresAt: null,
        } as const;
        const subject = { contactId: newId(), maskedNumber: '—' };
        await publish(ctx, { type: 'contact.blocked', data }, subject);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await countEvents()).toBe(0);
  });

  it('that several notice is told once', async () => {
    await tellBlocked(world, newId(), 'block-end:1');
    await tellBlocked(world, newId(), 'block-end:1');
    expect(await countEvents()).toBe(1);
  });

  it('goes to each endpoint that listens, each under its own secret', async () => {
    const second = await addEndpoint(world, `${world.receiver.url}&zwei`);
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    await runLane(world, contactId, {}, second.id);
    verify(0);
    verify(1, second.secret);
    const ids = world.receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a receiver that fails', () => {
  it('is asked again later, with the same id and bytes', async () => {
    world.receiver.replies.push({ status: 500 }, { status: 200 });
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    expect(await deliveriesOf(world)).toMatchObject([{ state: 'waiting', attemptCount: 1 }]);
    await runLane(world, contactId);
    expect(world.receiver.received).toHaveLength(1);
    expect(await jobsWaiting(contactId)).toBe(1);
    await letTimePass(world);
    await runLane(world, contactId);
    const [first, second] = world.receiver.received;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(await deliveriesOf(world)).toMatchObject([
      { state: 'delivered', attempts: [{ status: 500, error: 'bad-status' }, { status: 200 }] },
    ]);
  });

  it('keeps later events of the contact waiting, and no other contact', async () => {
    const [contactId, other] = [newId(), newId()];
    world.receiver.replies.push({ status: 503 });
    await tellBlocked(world, contactId);
    await tellBlocked(world, contactId);
    await tellBlocked(world, other);
    await runLane(world, contactId);
    await runLane(world, other);
    expect(world.receiver.received).toHaveLength(2);
    await letTimePass(world);
    await runLane(world, contactId);
    const sent = world.receiver.received.map(({ body }) => JSON.parse(body).data.contact.id);
    expect(sent).toEqual([contactId, other, contactId, contactId]);
    const ids = world.receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids[2]).toBe(ids[0]);
    expect(ids[3]).not.toBe(ids[0]);
  });

  it('is given up after the last try; then the next event has its turn', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    await tellBlocked(world, contactId);
    for (let n = 0; n < mostAttempts; n += 1) {
      world.receiver.replies.push({ status: 500 });
      await letTimePass(world);
      await runLane(world, contactId);
    }
    expect(await deliveriesOf(world)).toMatchObject([
      { state: 'failed', attempts: { length: mostAttempts } },
      { state: 'delivered' },
    ]);
    expect(await endpointNow()).toEqual({ isOn: true, offCause: null, failing: false });
  });

  it('is not waited for, and its redirects are not followed', async () => {
    world.receiver.replies.push('hang', {
      status: 302,
      headers: { location: 'http://127.0.0.1/' },
    });
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId, { timeoutMs: 200 });
    await letTimePass(world);
    await runLane(world, contactId);
    expect((await deliveriesOf(world))[0]?.attempts).toMatchObject([
      { status: null, error: 'timeout' },
      { status: 302, error: 'redirect' },
    ]);
  });

  it('for days is switched off, and so is one that says it is gone; the log says so', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    await tellBlocked(world, contactId);
    world.receiver.replies.push({ status: 500 }, { status: 500 });
    await runLane(world, contactId);
    await sql`update webhook_endpoint set failing_since = clock_timestamp() - interval '6 days'
      where id = ${world.endpoint.id}`.execute(world.deps.db);
    await sql`update webhook_delivery set attempt_count = ${mostAttempts - 1} where state = 'waiting'`.execute(
      world.deps.db,
    );
    await letTimePass(world);
    await runLane(world, contactId);
    expect(await endpointNow()).toMatchObject({ isOn: false, offCause: 'failing' });
    const [first, second] = await deliveriesOf(world);
    expect([first?.state, second?.state]).toEqual(['failed', 'failed']);
    expect(second?.attempts).toMatchObject([{ error: 'endpoint-off' }]);
    const { rows } = await sql`select 1 from audit_event where action = 'webhooks.endpoint-gave-up'
      and workspace_id = ${world.admin.workspaceId}`.execute(world.deps.db);
    expect(rows).toHaveLength(1);

    await inTx(world.deps, world.admin, (ctx) =>
      updateEndpoint(ctx, world.endpoint.id, { isOn: true }, true),
    );
    world.receiver.replies.push({ status: 410 });
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    expect(await endpointNow()).toMatchObject({ isOn: false, offCause: 'gone' });
  });
});

describe('several workers', () => {
  it('never send one delivery twice at the same time', async () => {
    const contactId = newId();
    for (let n = 0; n < 5; n += 1) await tellBlocked(world, contactId);
    await Promise.all(Array.from({ length: 6 }, () => runLane(world, contactId)));
    await letTimePass(world);
    await runLane(world, contactId);
    expect(world.receiver.mostAtOnce).toBe(1);
    const ids = world.receiver.received.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
  });

  it('go on where one was killed in the middle, under the same id', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    const lost = await inTx(world.deps, product(world), (ctx) =>
      claimDelivery(ctx, laneOf(contactId)),
    );
    await runLane(world, contactId);
    expect(world.receiver.received).toHaveLength(0);
    expect(await jobsWaiting(contactId)).toBe(1);
    await letTimePass(world);
    await runLane(world, contactId);
    expect(world.receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      lost?.eventId,
    ]);
    expect((await deliveriesOf(world))[0]).toMatchObject({
      state: 'delivered',
      attempts: [{ error: 'interrupted' }, { status: 204 }],
    });
    // Had it only been slow: what it records counts no more.
    if (lost === undefined) throw new Error('nothing was claimed');
    await inTx(world.deps, product(world), (ctx) =>
      recordDelivery(ctx, lost, {
        ...{ status: 500, error: 'bad-status', at: new Date(), ms: 1 },
      }),
    );
    expect((await deliveriesOf(world))[0]).toMatchObject({ state: 'delivered' });
  });

  it('find lanes that have lost their job', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    await sql`select graphile_worker.remove_job(key) from graphile_worker.jobs`.execute(
      world.deps.db,
    );
    await sql`update webhook_delivery set next_attempt_at = clock_timestamp() - interval '1 hour'`.execute(
      world.deps.db,
    );
    await inTx(world.deps, product(world), forgetOldWebhooks);
    expect(await jobsWaiting(contactId)).toBe(1);
  });
});
