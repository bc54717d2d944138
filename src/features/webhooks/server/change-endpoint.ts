import { requireCan, requirePerson } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type { EndpointChange } from '../contract.ts';
import { checkUrl } from './check-url.ts';
import { newSecret, openSecret, sealSecret } from './endpoint-secret.ts';
import {
  deleteEndpoint,
  type LockedEndpoint,
  lockEndpoint,
  setEndpoint,
  setSecret,
  switchOff,
  switchOn,
} from './endpoint-store.ts';

/** How long both secrets sign after an exchange. */
const formerHours = 24;

/** @throws AppError forbidden, webhook-endpoint-not-found */
const lockOwn = async (ctx: Ctx, id: string): Promise<LockedEndpoint> => {
  requireCan(ctx.actor, 'webhook.manage');
  const endpoint = await lockEndpoint(ctx.tx, ctx.actor.workspaceId, id);
  if (endpoint === undefined) {
    throw notFound('webhook-endpoint');
  }
  return endpoint;
};

const tell = (
  ctx: Ctx,
  action: string,
  id: string,
  details: Readonly<Record<string, string | boolean>> = {},
): Promise<void> => audit(ctx, { action, subject: { kind: 'webhook-endpoint', id }, details });

/**
 * Another address, other events, on or off. Switched off, what waits for it ends as failed.
 * @throws AppError forbidden, webhook-endpoint-not-found, webhook-url-not-allowed
 */
export const updateEndpoint = async (
  ctx: Ctx,
  id: string,
  { url, events, isOn }: EndpointChange,
  mayBePrivate: boolean,
): Promise<void> => {
  requirePerson(ctx.actor);
  const before = await lockOwn(ctx, id);
  const { workspaceId } = ctx.actor;
  if (url !== undefined) {
    checkUrl(url, mayBePrivate);
  }
  if (url !== undefined || events !== undefined) {
    const types = events === undefined ? null : [...new Set(events)];
    await setEndpoint(ctx.tx, workspaceId, id, { url: url ?? null, events: types });
    await tell(ctx, 'webhooks.endpoint-changed', id, {
      host: new URL(url ?? before.url).host,
      ...(types !== null && { events: types.join(' ') }),
    });
  }
  if (isOn !== undefined && isOn !== before.isOn) {
    await (isOn ? switchOn(ctx.tx, workspaceId, id) : switchOff(ctx.tx, workspaceId, id, 'person'));
    await tell(ctx, isOn ? 'webhooks.endpoint-switched-on' : 'webhooks.endpoint-switched-off', id, {
      host: new URL(before.url).host,
    });
  }
};

/**
 * A new secret; the former one signs too for a day, so that nothing is lost while the receiver changes over.
 * @returns the secret that is never shown again
 * @throws AppError forbidden, webhook-endpoint-not-found
 */
export const rotateSecret = async (ctx: Ctx, id: string): Promise<string> => {
  requirePerson(ctx.actor);
  const before = await lockOwn(ctx, id);
  const owner = { workspaceId: ctx.actor.workspaceId, endpointId: id };
  const secret = newSecret();
  const sealed = sealSecret(ctx.keyed, owner, secret);
  // One that does not open here any more signs nothing: the new one alone does.
  const isLost = openSecret(ctx.keyed, owner, before.sealedSecret) === undefined;
  const former = isLost ? sealed : before.sealedSecret;
  await setSecret(ctx.tx, owner.workspaceId, id, { sealed, former, formerHours });
  await tell(ctx, 'webhooks.secret-rotated', id, { host: new URL(before.url).host });
  return secret;
};

/**
 * Takes it away, with the log of what was told there.
 * @throws AppError forbidden, webhook-endpoint-not-found
 */
export const removeEndpoint = async (ctx: Ctx, id: string): Promise<void> => {
  const before = await lockOwn(ctx, id);
  await deleteEndpoint(ctx.tx, ctx.actor.workspaceId, id);
  await tell(ctx, 'webhooks.endpoint-removed', id, { host: new URL(before.url).host });
};
