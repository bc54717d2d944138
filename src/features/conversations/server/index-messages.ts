import type { Ctx } from '#platform/server/deps.ts';
import { indexWaiting } from './message-index-store.ts';

/** Makes some of the messages that wait for it findable. @returns whether there may be more */
export const indexMessages = (ctx: Ctx): Promise<boolean> => indexWaiting(ctx.tx);
