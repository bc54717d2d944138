import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Role } from '#platform/shared/role.ts';
import { countAdministrators } from './store.ts';

/**
 * Refuses to take the last administrator away. Holds under a race only with the workspace locked.
 * @throws AppError last-administrator (409)
 */
export const keepAnAdministrator = async (ctx: Ctx, role: Role): Promise<void> => {
  if (role !== 'administrator') {
    return;
  }
  if ((await countAdministrators(ctx.tx, ctx.actor.workspaceId)) < 2) {
    throw new AppError('last-administrator', 409);
  }
};
