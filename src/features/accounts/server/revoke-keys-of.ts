import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { type Role, roleSchema } from '#platform/shared/role.ts';
import { findLiveKeysOf, revokeKey } from './key-store.ts';
import { can, rightsOf } from './permissions.ts';

/**
 * Ends the keys that a person made and whose rights the person has no more: they may have kept the text of them.
 * Call it after the change of the person, whose row `createApiKey` waits for.
 * @param role what the person is from now on; null for somebody who is taken out
 * @returns how many ended
 */
export const revokeKeysOf = async (
  ctx: Ctx,
  memberId: string,
  role: Role | null,
): Promise<number> => {
  const { workspaceId } = ctx.actor;
  let ended = 0;
  for (const { id, ...key } of await findLiveKeysOf(ctx.tx, workspaceId, memberId)) {
    const may = rightsOf({ role: roleSchema.parse(key.role), scopes: key.scopes });
    const stays = role !== null && may.every((right) => can({ role }, right));
    if (!stays && (await revokeKey(ctx.tx, workspaceId, id))) {
      await audit(ctx, {
        action: 'accounts.api-key-revoked',
        subject: { kind: 'api-key', id },
        details: { madeBy: memberId },
      });
      ended += 1;
    }
  }
  return ended;
};
