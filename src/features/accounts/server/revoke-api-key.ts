import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { revokeKey } from './key-store.ts';
import { requireCan } from './require-can.ts';

/** Ends a key at once. */
export const revokeApiKey = async (ctx: Ctx, id: string): Promise<void> => {
  requireCan(ctx.actor, 'api-key.manage');
  if (!(await revokeKey(ctx.tx, ctx.actor.workspaceId, id))) {
    throw notFound('api-key');
  }
  await audit(ctx, { action: 'accounts.api-key-revoked', subject: { kind: 'api-key', id } });
};
