import { createHash } from 'node:crypto';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import {
  findKey,
  type HideKey,
  hideKeys,
  type IdempotencyKey,
  type KnownKey,
} from './idempotency-store.ts';

/** A key is of who uses it; the system needs none. */
export const keyOf = (ctx: Ctx, key: string | null): IdempotencyKey | null => {
  const { workspaceId, id: actorId } = ctx.actor;
  return key === null || actorId === null ? null : { workspaceId, actorId, key };
};

/** @param parts all that makes one request differ from another */
export const hashOf = (parts: readonly unknown[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest();

/** A keyed hash, of the actor's own: whoever sends the key again is recognised, and nobody reads it. */
const hiding =
  (ctx: Ctx): HideKey =>
  ({ actorId, key }) =>
    ctx.keyed
      .hash('answered-request', `${ctx.actor.workspaceId}/${actorId}/${key}`)
      .toString('hex');

/** What is left of the requests that made these messages once they are removed: a repeat finds what stands in their place. */
export const hideRequests = (ctx: Ctx, messageIds: readonly string[]): Promise<void> =>
  hideKeys(ctx.tx, ctx.actor.workspaceId, messageIds, hiding(ctx));

/**
 * What this request was answered before.
 * @throws AppError idempotency-key-reused when the key is of another one
 */
export const findAnswered = async (
  ctx: Ctx,
  key: IdempotencyKey | null,
  requestHash: Buffer,
): Promise<KnownKey | undefined> => {
  const known =
    key === null ? undefined : await findKey(ctx.tx, key, hiding(ctx)(key), requestHash);
  if (known?.isSameRequest === false) {
    throw new AppError('idempotency-key-reused', 422);
  }
  return known;
};
