import type { Ctx } from '#platform/server/deps.ts';
import { forgetOldExports } from './exchange/export-store.ts';
import { forgetOldImports } from './imports/import-store.ts';
import { forgetOldTraces } from './store.ts';
import { forgetHealing } from './upstream/heal-store.ts';

/** Dropped ids are remembered for 8 days, as long as WhatsApp repeats a webhook; ended claims and healings for one. */
export const forgetTraces = async (ctx: Ctx): Promise<void> => {
  await forgetOldTraces(ctx.tx);
  await forgetHealing(ctx.tx);
  await forgetOldImports(ctx.tx);
  await forgetOldExports(ctx.tx);
};
