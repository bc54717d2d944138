import { z } from 'zod';

/** Files that are taken: of which kind, of which types, how large. */
export const acceptedSchema = z.array(
  z.object({ kind: z.string(), mimeTypes: z.array(z.string()), maxBytes: z.number().int() }),
);

/**
 * The body of every answer that is not a success (RFC 9457, `application/problem+json`).
 * `code` is stable and meant for programs; `title` is a plain English sentence; the screens word it by code.
 */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    requestId: z.string().optional(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** The failed attempt that a refused send left in the history. */
    messageId: z.string().optional(),
    /** What would have been taken in place of a file that was not. */
    accepted: acceptedSchema.optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;
