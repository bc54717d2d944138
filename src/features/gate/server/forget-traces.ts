import type { Ctx } from '#platform/server/deps.ts';
import { forgetOldTraces } from './store.ts';

/** Dropped ids are remembered for 8 days, as long as WhatsApp repeats a webhook; ended claims for one. */
export const forgetTraces = (ctx: Ctx): Promise<void> => forgetOldTraces(ctx.tx);
