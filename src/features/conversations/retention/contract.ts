import { z } from 'zod';

/** After how many days messages and their files are purged; null keeps them for ever. */
export const setRetentionSchema = z.object({ days: z.number().int().min(30).max(3650).nullable() });
export const retentionSchema = setRetentionSchema.meta({ id: 'Retention' });
export type Retention = z.infer<typeof retentionSchema>;
