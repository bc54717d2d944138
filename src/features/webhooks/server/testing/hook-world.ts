import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { type DeliveryDetail, type WebhookEventType, webhookEventTypes } from '../../contract.ts';
import { createEndpoint } from '../create-endpoint.ts';
import { type DeliveryRules, webhookJobs } from '../deliver.job.ts';
import { publish } from '../publish.ts';
import { findDelivery, listDeliveries } from '../queries.ts';
import { type Receiver, startReceiver } from './receiver.ts';

export interface HookWorld {
  readonly deps: TestDeps;
  readonly admin: Actor;
  readonly receiver: Receiver;
  /** An endpoint at the receiver that listens to everything. */
  readonly endpoint: { readonly id: string; readonly secret: string };
}

/** Call it once in a file; what it answers is filled anew before each test. */
export const aHookWorld = (): HookWorld => {
  const world: { -readonly [K in keyof HookWorld]?: HookWorld[K] } = {};
  beforeAll(async () => {
    world.deps = await openTestDeps({ GUARITA_WEBHOOKS_PRIVATE: '1' });
  });
  afterAll(async () => {
    await world.receiver?.close();
    await world.deps?.close();
  });
  beforeEach(async () => {
    const { deps } = world as HookWorld;
    await world.receiver?.close();
    world.receiver = await startReceiver();
    world.admin = await aMember(deps.db, await aWorkspace(deps.db));
    world.endpoint = await addEndpoint(world as HookWorld, world.receiver.url);
  });
  return world as HookWorld;
};

export const addEndpoint = (
  { deps, admin }: Pick<HookWorld, 'deps' | 'admin'>,
  url: string,
  events: readonly WebhookEventType[] = webhookEventTypes,
): Promise<{ id: string; secret: string }> =>
  inTx(deps, admin, (ctx) => createEndpoint(ctx, { url, events }, true));

/** As the gate does in its transaction. */
export const tellBlocked = (
  { deps, admin }: Pick<HookWorld, 'deps' | 'admin'>,
  contactId: string,
  once?: string,
): Promise<void> =>
  inTx(deps, admin, (ctx) =>
    publish(
      ctx,
      {
        type: 'contact.blocked',
        data: { blockId: newId(), reason: 'spam', cause: 'manual', expiresAt: null },
      },
      { contactId, maskedNumber: '+55 •• ••••-0001', ...(once === undefined ? {} : { once }) },
    ),
  );

/** What the runner does with the job of a lane. */
export const runLane = async (
  { deps, admin, endpoint }: HookWorld,
  lane: string,
  rules: DeliveryRules = {},
  endpointId = endpoint.id,
): Promise<void> => {
  const [job] = webhookJobs(rules);
  const payload = { workspaceId: admin.workspaceId, endpointId, lane };
  await job?.runUnparsed(payload, { deps, log: deps.log, attempt: 1 });
};

/** Oldest first. */
export const deliveriesOf = async ({ deps, admin }: HookWorld): Promise<DeliveryDetail[]> => {
  const page = await listDeliveries(deps.db, admin.workspaceId, { limit: 100 });
  const all = await Promise.all(
    page.items.map(({ id }) => findDelivery(deps.db, admin.workspaceId, id)),
  );
  return all.flatMap((one) => (one === undefined ? [] : [one])).reverse();
};

/** Time goes by: what waits is due, and whoever held a turn has lost it. */
export const letTimePass = async ({ deps }: HookWorld): Promise<void> => {
  await sql`update webhook_delivery set next_attempt_at = clock_timestamp() - interval '1 second',
    leased_until = leased_until - interval '1 day'`.execute(deps.db);
};

export const product = ({ admin }: HookWorld): Actor => systemActor(admin.workspaceId);

/** Throws unless an independent library of the standard finds it right. */
export const verifyReceived = (
  { receiver, endpoint }: HookWorld,
  index: number,
  secret = endpoint.secret,
): unknown => {
  const got = receiver.received[index];
  return new Webhook(secret).verify(got?.body ?? '', got?.headers as Record<string, string>);
};

export const endpointState = async ({ deps, endpoint }: HookWorld) => {
  const { rows } = await sql<{ isOn: boolean; offCause: string | null; failing: boolean }>`
    select is_on as "isOn", off_cause as "offCause", failing_since is not null as failing
      from webhook_endpoint where id = ${endpoint.id}`.execute(deps.db);
  return rows[0];
};
