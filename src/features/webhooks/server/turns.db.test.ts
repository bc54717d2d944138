import { Logger, type Runner, run } from 'graphile-worker';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { mostAttempts } from './back-off.ts';
import { claimDelivery } from './claim-delivery.ts';
import { webhookJobs } from './deliver.job.ts';
import { sendTest } from './resend-delivery.ts';
import {
  addEndpoint,
  aHookWorld,
  deliveriesOf,
  endpointState,
  letTimePass,
  product,
  runLane,
  tellBlocked,
} from './testing/hook-world.ts';
import { type Receiver, startReceiver } from './testing/receiver.ts';

const world = aHookWorld();
const people = 40;
let other: Receiver;
let runner: Runner | undefined;

beforeEach(async () => {
  other = await startReceiver(30);
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
  await other.close();
});

/** The real runner of jobs, as the worker has it. */
const startRunner = async (timeoutMs: number): Promise<void> => {
  const { deps } = world;
  const [job] = webhookJobs({ timeoutMs });
  if (job === undefined) throw new Error('no job');
  const work = (payload: unknown) => job.runUnparsed(payload, { deps, log: deps.log, attempt: 1 });
  runner = await run({
    pgPool: deps.pool,
    concurrency: 8,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    pollInterval: 100,
    taskList: { [job.name]: work },
  });
};

const told = async (receiver: Receiver): Promise<string[]> =>
  receiver.received.map(({ body }) => JSON.parse(body).data.contact.id);

describe('an endpoint that does not answer', () => {
  it('leaves workers for the others, and each of its contacts is tried', async () => {
    const contacts = Array.from({ length: people }, newId);
    for (const contactId of contacts) await tellBlocked(world, contactId);
    world.receiver.replies.push(...Array.from({ length: 10 * people }, () => 'hang' as const));
    await addEndpoint(world, other.url);
    const last = newId();
    await tellBlocked(world, last);
    await startRunner(200);
    await expect.poll(() => told(other), { timeout: 10_000, interval: 10 }).toEqual([last]);
    expect(world.receiver.received.length).toBeLessThanOrEqual(8);
    await expect
      .poll(async () => new Set(await told(world.receiver)).size, { timeout: 18_000 })
      .toBe(people + 1);
    expect(await endpointState(world)).toMatchObject({ isOn: true, failing: true });
    const ended = await deliveriesOf(world);
    expect(ended.filter(({ state }) => state === 'delivered')).toHaveLength(1);
  });

  it('is still sent a test, for which somebody waits', async () => {
    for (let n = 0; n < 2; n += 1) {
      const contactId = newId();
      await tellBlocked(world, contactId);
      const claimed = await inTx(world.deps, product(world), (ctx) =>
        claimDelivery(ctx, {
          ...{ workspaceId: world.admin.workspaceId, endpointId: world.endpoint.id },
          lane: contactId,
        }),
      );
      expect(claimed).toBeDefined();
    }
    await sql`update webhook_endpoint set failing_since = clock_timestamp()`.execute(world.deps.db);
    const waits = newId();
    await tellBlocked(world, waits);
    await runLane(world, waits);
    expect(world.receiver.received).toHaveLength(0);
    await inTx(world.deps, world.admin, (ctx) => sendTest(ctx, world.endpoint.id));
    const test = (await deliveriesOf(world)).at(-1);
    await runLane(world, test?.eventId ?? '');
    // It arrives, so that what waits has its turn again.
    expect(world.receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      test?.eventId,
      expect.any(String),
    ]);
  });
});

describe('an endpoint with many events', () => {
  it('has several under way, and each is told once', async () => {
    const slow = await addEndpoint(world, other.url);
    await sql`update webhook_endpoint set event_types = '{contact.unblocked}' where id <> ${slow.id}`.execute(
      world.deps.db,
    );
    const contacts = Array.from({ length: people }, newId);
    for (const contactId of [...contacts, ...contacts]) await tellBlocked(world, contactId);
    await startRunner(5_000);
    await expect.poll(() => other.received.length, { timeout: 15_000 }).toBe(2 * people);
    expect(other.mostAtOnce).toBeGreaterThan(1);
    expect(other.mostAtOnce).toBeLessThanOrEqual(4);
    const ids = other.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(2 * people);
  });

  it('goes on where the process died that had the only turn', async () => {
    const [lost, waits] = [newId(), newId()];
    for (const contactId of [lost, waits]) await tellBlocked(world, contactId);
    await sql`update webhook_endpoint set failing_since = clock_timestamp()`.execute(world.deps.db);
    const lane = { workspaceId: world.admin.workspaceId, endpointId: world.endpoint.id };
    await inTx(world.deps, product(world), (ctx) => claimDelivery(ctx, { ...lane, lane: lost }));
    await sql`select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null`.execute(
      world.deps.db,
    );
    await runLane(world, waits);
    expect(world.receiver.received).toHaveLength(0);
    // A job that looks once the turn has run out, whoever had it.
    const { rows } = await sql<{ isLater: boolean }>`select run_at > clock_timestamp() as "isLater"
      from graphile_worker.jobs where key = ${`webhook:${world.endpoint.id}`}`.execute(
      world.deps.db,
    );
    expect(rows).toEqual([{ isLater: true }]);
    await letTimePass(world);
    await runLane(world, waits);
    expect((await told(world.receiver)).sort()).toEqual([lost, waits].sort());
  });
});

describe('an endpoint where nothing has arrived for days', () => {
  it('stays on when the first event after a quiet time fails once', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    world.receiver.replies.push({ status: 500 });
    await sql`update webhook_endpoint set failing_since = clock_timestamp() - interval '6 days'`.execute(
      world.deps.db,
    );
    await runLane(world, contactId);
    expect(await endpointState(world)).toMatchObject({ isOn: true, failing: true });
    await letTimePass(world);
    await runLane(world, contactId);
    expect(await deliveriesOf(world)).toMatchObject([{ state: 'delivered' }]);
    expect(await endpointState(world)).toMatchObject({ isOn: true, failing: false });
  });

  it('is switched off once an event has had all its tries', async () => {
    const contactId = newId();
    await tellBlocked(world, contactId);
    world.receiver.replies.push({ status: 500 });
    await sql`update webhook_delivery set attempt_count = ${mostAttempts - 1}`.execute(
      world.deps.db,
    );
    await sql`update webhook_endpoint set failing_since = clock_timestamp() - interval '6 days'`.execute(
      world.deps.db,
    );
    await runLane(world, contactId);
    expect(await endpointState(world)).toMatchObject({ isOn: false, offCause: 'failing' });
  });
});
