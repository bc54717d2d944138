import { v7 } from 'uuid';
import { z } from 'zod';

/**
 * Ids of ours are UUIDs of version 7: they sort by the moment they were made. One id in two spellings is one id.
 */
export const idSchema = z.uuid().toLowerCase();
export const newId = (): string => v7();
/** Sorts before every id that is made from this moment on. */
export const firstIdAt = (msecs: number): string => v7({ msecs, random: new Uint8Array(16) });

/** Where the system acts for all workspaces at once: the nil id is of none. */
export const everyWorkspace = '00000000-0000-0000-0000-000000000000';
