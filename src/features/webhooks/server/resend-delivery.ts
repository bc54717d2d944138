import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { newId } from '#platform/shared/ids.ts';
import { testEventType } from '../contract.ts';
import { comeAgain } from './claim-delivery.ts';
import { bringForward, type DeliveryPlace, insertResend, lockDelivery } from './delivery-store.ts';
import { lockEndpoint } from './endpoint-store.ts';
import { insertForOne } from './event-store.ts';

const begin = async (ctx: Ctx, place: DeliveryPlace, id: string): Promise<string> => {
  const { workspaceId } = ctx.actor;
  if (place.state === 'sending') {
    return id;
  }
  if (place.state === 'waiting') {
    await bringForward(ctx.tx, workspaceId, id);
    return id;
  }
  const again = newId();
  await insertResend(ctx.tx, place, again);
  return again;
};

/**
 * Sends an event again, under the same `webhook-id`: after those of the same contact that wait. One that still waits for its
 * next try has it now.
 * @returns the delivery that tells of it
 * @throws AppError forbidden, webhook-delivery-not-found, webhook-off
 */
export const resendDelivery = async (ctx: Ctx, id: string): Promise<string> => {
  requireCan(ctx.actor, 'webhook.manage');
  const { workspaceId } = ctx.actor;
  const place = await lockDelivery(ctx.tx, workspaceId, id);
  if (place === undefined) {
    throw notFound('webhook-delivery');
  }
  if (!place.isOn) {
    throw new AppError('webhook-off', 409);
  }
  const deliveryId = await begin(ctx, place, id);
  const { endpointId, lane } = place;
  await comeAgain(ctx, { workspaceId, endpointId, lane });
  await audit(ctx, {
    action: 'webhooks.delivery-resent',
    subject: { kind: 'webhook-endpoint', id: endpointId },
    details: { deliveryId, eventId: place.eventId },
  });
  return deliveryId;
};

/**
 * Sends an event that tells of nothing, once, also to an endpoint that is switched off.
 * @returns the delivery that tells how it went
 * @throws AppError forbidden, webhook-endpoint-not-found
 */
export const sendTest = async (ctx: Ctx, endpointId: string): Promise<string> => {
  requireCan(ctx.actor, 'webhook.manage');
  const { workspaceId } = ctx.actor;
  if ((await lockEndpoint(ctx.tx, workspaceId, endpointId)) === undefined) {
    throw notFound('webhook-endpoint');
  }
  const id = newId();
  const deliveryId = newId();
  await insertForOne(
    ctx.tx,
    { workspaceId, id, type: testEventType, lane: id, data: {}, onceKey: null },
    endpointId,
    deliveryId,
  );
  await comeAgain(ctx, { workspaceId, endpointId, lane: id });
  await audit(ctx, {
    action: 'webhooks.test-sent',
    subject: { kind: 'webhook-endpoint', id: endpointId },
    details: { deliveryId },
  });
  return deliveryId;
};
