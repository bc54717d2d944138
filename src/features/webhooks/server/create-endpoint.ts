import { requireCan, requirePerson } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { newId } from '#platform/shared/ids.ts';
import type { WebhookEventType } from '../contract.ts';
import { checkUrl } from './check-url.ts';
import { newSecret, sealSecret } from './endpoint-secret.ts';
import { countEndpoints, insertEndpoint } from './endpoint-store.ts';

/** Each makes a row of every event. */
const mostEndpoints = 20;

export interface NewEndpointInput {
  readonly url: string;
  readonly events: readonly WebhookEventType[];
}

/**
 * Adds an address that is told of events. Only people do: a key that leaked must not leave an ear behind.
 * @returns its id, and the secret that is never shown again
 * @throws AppError forbidden, webhook-url-not-allowed, too-many-webhooks
 */
export const createEndpoint = async (
  ctx: Ctx,
  { url, events }: NewEndpointInput,
  mayBePrivate: boolean,
): Promise<{ id: string; secret: string }> => {
  requireCan(ctx.actor, 'webhook.manage');
  requirePerson(ctx.actor);
  checkUrl(url, mayBePrivate);
  const { workspaceId } = ctx.actor;
  if ((await countEndpoints(ctx.tx, workspaceId)) >= mostEndpoints) {
    throw new AppError('too-many-webhooks', 409);
  }
  const id = newId();
  const secret = newSecret();
  const sealedSecret = sealSecret(ctx.keyed, { workspaceId, endpointId: id }, secret);
  const types = [...new Set(events)];
  await insertEndpoint(ctx.tx, { workspaceId, id, url, events: types, sealedSecret });
  await audit(ctx, {
    action: 'webhooks.endpoint-added',
    subject: { kind: 'webhook-endpoint', id },
    // The host alone: the rest of an address may hold a secret.
    details: { host: new URL(url).host, events: types.join(' ') },
  });
  return { id, secret };
};
