import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Role } from '#platform/shared/role.ts';
import type { ApiKey } from '../contract.ts';
import { insertKey } from './key-store.ts';
import { newApiKeyText } from './key-text.ts';
import { requireCan, requirePerson } from './require-can.ts';

/** Makes a key for a program. Only people make keys: one that leaked must not be able to leave others behind. */
export const createApiKey = async (
  ctx: Ctx,
  input: { readonly name: string; readonly role: Role },
): Promise<ApiKey & { readonly key: string }> => {
  requireCan(ctx.actor, 'api-key.manage');
  const createdBy = requirePerson(ctx.actor);
  const { workspaceId } = ctx.actor;
  const { key, prefix } = newApiKeyText();
  const id = newId();
  const secretHash = ctx.keyed.hash('api-key', key);
  const createdAt = await insertKey(ctx.tx, {
    ...{ workspaceId, id, prefix, secretHash, createdBy },
    ...{ name: input.name, role: input.role },
  });
  await audit(ctx, {
    action: 'accounts.api-key-created',
    subject: { kind: 'api-key', id },
    details: { role: input.role },
  });
  return {
    ...{ id, prefix, key, name: input.name, role: input.role },
    createdAt: createdAt.toISOString(),
    lastUsedAt: null,
  };
};
