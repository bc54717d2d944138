import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { rotateSecret } from './change-endpoint.ts';
import { forgetOldWebhooks } from './forget-old.ts';
import { resendDelivery, sendTest } from './resend-delivery.ts';
import {
  aHookWorld,
  deliveriesOf,
  endpointState,
  product,
  runLane,
  tellBlocked,
  verifyReceived,
} from './testing/hook-world.ts';

const world = aHookWorld();
const verify = (index: number, secret?: string): unknown => verifyReceived(world, index, secret);
const endpointNow = () => endpointState(world);

describe('secrets', () => {
  it('lie sealed', async () => {
    const { rows } = await sql<{ secret: string }>`select secret from webhook_endpoint
      where id = ${world.endpoint.id}`.execute(world.deps.db);
    expect(rows[0]?.secret).toMatch(/^sealed:v1:/);
  });

  it('both sign after an exchange, and the former no longer after its time', async () => {
    const former = world.endpoint.secret;
    const fresh = await inTx(world.deps, world.admin, (ctx) =>
      rotateSecret(ctx, world.endpoint.id),
    );
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    verify(0, former);
    verify(0, fresh);
    await sql`update webhook_endpoint set former_secret_until = clock_timestamp() - interval '1 second'
      where id = ${world.endpoint.id}`.execute(world.deps.db);
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    verify(1, fresh);
    expect(() => verify(1, former)).toThrow();
  });
});

describe('by hand', () => {
  it('an event is sent again under its id, as a line of its own', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    const [first] = await deliveriesOf(world);
    await inTx(world.deps, world.admin, (ctx) => resendDelivery(ctx, first?.id ?? ''));
    await runLane(world, contactId);
    const ids = world.receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([first?.eventId, first?.eventId]);
    expect(await deliveriesOf(world)).toMatchObject([
      { isResend: false },
      { isResend: true, state: 'delivered' },
    ]);
  });

  it('one that waits has its next try now', async () => {
    world.receiver.replies.push({ status: 500 });
    const contactId = newId();
    await tellBlocked(world, contactId);
    await runLane(world, contactId);
    const [first] = await deliveriesOf(world);
    const id = await inTx(world.deps, world.admin, (ctx) => resendDelivery(ctx, first?.id ?? ''));
    expect(id).toBe(first?.id);
    await runLane(world, contactId);
    expect(await deliveriesOf(world)).toMatchObject([{ state: 'delivered', attemptCount: 2 }]);
  });

  it('a test is sent once, and its failure says nothing of the endpoint', async () => {
    world.receiver.replies.push({ status: 500 });
    await inTx(world.deps, world.admin, (ctx) => sendTest(ctx, world.endpoint.id));
    const [first] = await deliveriesOf(world);
    await runLane(world, first?.eventId ?? '');
    expect(await deliveriesOf(world)).toMatchObject([{ state: 'failed', type: 'webhook.test' }]);
    expect(verify(0)).toMatchObject({ type: 'webhook.test', data: {} });
    expect(await endpointNow()).toEqual({ isOn: true, offCause: null, failing: false });
  });
});

describe('the log', () => {
  it('forgets after 30 days what has come to its end', async () => {
    const [done, waiting] = [newId(), newId()];
    await tellBlocked(world, done);
    await runLane(world, done);
    await tellBlocked(world, waiting);
    await sql`update webhook_event set at = at - interval '31 days'`.execute(world.deps.db);
    await inTx(world.deps, product(world), forgetOldWebhooks);
    expect(await deliveriesOf(world)).toMatchObject([{ state: 'waiting' }]);
  });
});
