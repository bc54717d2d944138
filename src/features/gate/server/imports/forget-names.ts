import type { Ctx } from '#platform/server/deps.ts';
import { eraseImportNames } from './import-store.ts';

/** Names that go from the contacts go from the files of blocks too that wait to be applied. @returns how many went */
export const forgetImportNames = (ctx: Ctx, contactIds: readonly string[]): Promise<number> =>
  eraseImportNames(ctx.tx, ctx.actor.workspaceId, contactIds);
