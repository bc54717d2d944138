import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { newId } from '#platform/shared/ids.ts';
import { type Role, roleSchema } from '#platform/shared/role.ts';
import type { ApiKey, Scope } from '../contract.ts';
import { announceKeys } from './announce-memberships.ts';
import { insertKey } from './key-store.ts';
import { newApiKeyText } from './key-text.ts';
import { scopesOf } from './permissions.ts';
import { requireCan, requirePerson } from './require-can.ts';
import { holdRole } from './store.ts';

/** The role that let the request in may be gone: whoever took it ends the keys that are there, so none may come after. */
const requireStill = async ({ tx, actor }: Ctx, memberId: string): Promise<void> => {
  const role = await holdRole(tx, actor.workspaceId, memberId);
  if (role === undefined) {
    throw new AppError('unauthenticated', 401);
  }
  requireCan({ ...actor, role: roleSchema.parse(role) }, 'api-key.manage');
};

/**
 * Makes a key for a program. Only people make keys: one that leaked must not be able to leave others behind.
 * @throws AppError forbidden, scope-beyond-role, unauthenticated
 */
export const createApiKey = async (
  ctx: Ctx,
  input: {
    readonly name: string;
    readonly role: Role;
    readonly scopes?: readonly Scope[] | undefined;
  },
): Promise<ApiKey & { readonly key: string }> => {
  requireCan(ctx.actor, 'api-key.manage');
  const createdBy = requirePerson(ctx.actor);
  await requireStill(ctx, createdBy);
  const { workspaceId } = ctx.actor;
  const borne = scopesOf(input.role);
  if (input.scopes?.some((scope) => !borne.includes(scope))) {
    throw new AppError('scope-beyond-role', 422);
  }
  const scopes = borne.filter((scope) => input.scopes?.includes(scope) ?? true);
  const { key, prefix } = newApiKeyText();
  const id = newId();
  const secretHash = ctx.keyed.hash('api-key', key);
  const createdAt = await insertKey(ctx.tx, {
    ...{ workspaceId, id, prefix, secretHash, createdBy },
    ...{ name: input.name, role: input.role, scopes },
  });
  announceKeys(ctx);
  await audit(ctx, {
    action: 'accounts.api-key-created',
    subject: { kind: 'api-key', id },
    details: { role: input.role, scopes: scopes.join(' ') },
  });
  return {
    ...{ id, prefix, key, name: input.name, role: input.role, scopes },
    createdAt: createdAt.toISOString(),
    lastUsedAt: null,
  };
};
