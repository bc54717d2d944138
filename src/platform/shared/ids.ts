import { v7 } from 'uuid';
import { z } from 'zod';

/**
 * Ids of ours are UUIDs of version 7: they sort by the moment they were made. One id in two spellings is one id.
 */
export const idSchema = z.uuid().toLowerCase();
export const newId = (): string => v7();
