import { z } from 'zod';

/** Of a request. */
export const removalPayload = z.object({ workspaceId: z.uuid(), requestId: z.uuid() });

/** Looks whether everything of a request is gone, and deletes what is left of its files. */
export const settleRemovalJob = { name: 'removals.settle' } as const;

/** Takes what was removed out of the tables' own files, for all workspaces at once. */
export const tidyTablesJob = { name: 'removals.tidy-tables' } as const;

/** Tells the open screens that a request has waited too long. */
export const tellDueJob = { name: 'removals.tell-due' } as const;

/** Asks again for all that is not whole, and closes what has nothing left to decide. */
export const removalUpkeepJob = { name: 'removals.upkeep' } as const;
