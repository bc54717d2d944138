import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { announceKeys } from './announce-memberships.ts';
import { revokeKey } from './key-store.ts';
import { requireCan } from './require-can.ts';

/** Ends a key at once. */
export const revokeApiKey = async (ctx: Ctx, id: string): Promise<void> => {
  requireCan(ctx.actor, 'api-key.manage');
  if (!(await revokeKey(ctx.tx, ctx.actor.workspaceId, id))) {
    throw notFound('api-key');
  }
  announceKeys(ctx);
  await audit(ctx, { action: 'accounts.api-key-revoked', subject: { kind: 'api-key', id } });
};
