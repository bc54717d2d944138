import type { Ctx } from '#platform/server/deps.ts';
import { doubtQueued } from './delivery-store.ts';

/**
 * After a restore: what waited to leave when the backup was taken may have left since, by the installation that is gone.
 * Such a message is of unknown end, never sent again by itself; a status that still comes, or a person, settles it.
 * @returns how many there were
 */
export const doubtWaiting = (ctx: Ctx): Promise<number> => doubtQueued(ctx.tx);
