import { z } from 'zod';
import { blockReasons } from '#features/gate/contract.ts';

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((hex): Buffer => Buffer.from(hex, 'hex'));
const latest = Date.UTC(9999, 11, 31, 23, 59, 59);
/** Ends in a year of five digits were written once: a journal that has such a line is read all the same. */
const moment = z
  .union([z.iso.datetime(), z.string().regex(/^\+\d{6}-\d\d-\d\dT[\d:.]+Z$/)])
  .transform((text) => new Date(Math.min(Date.parse(text), latest)));
/** A reason of removal requests, which stand right of here: a code, never words. */
const reason = z.string().regex(/^[a-z-]{1,40}$/);

const begunSchema = z.object({ kind: z.literal('begun'), at: moment, journalId: z.uuid() });

/** Of one request: our ids, and the keyed hashes of the channel's, for those that had one. */
const removalSchema = z.object({
  kind: z.literal('removal'),
  at: moment,
  workspaceId: z.uuid(),
  requestId: z.uuid(),
  number: z.number().int().positive(),
  /** Absent from lines of before. */
  reason: reason.optional(),
  /** Fingerprints of their files, as hexadecimal digits that are sealed: they say what was in a file to whoever has one like it. */
  prints: z
    .array(z.object({ kind: z.enum(['exact', 'perceptual']), sealed: z.string() }))
    .optional(),
  messages: z.array(z.object({ id: z.uuid(), hash: hash.nullable() })),
});

/** The request by which a name went. */
const nameRemovedBySchema = z.object({
  requestId: z.uuid(),
  number: z.number().int().positive(),
  reason,
});

/**
 * How a contact stands: what it is known by, as keyed hashes, all its blocks, and whether its name was removed. What was told
 * later holds.
 */
const contactSchema = z.object({
  kind: z.literal('contact'),
  at: moment,
  workspaceId: z.uuid(),
  contactId: z.uuid(),
  /** The changes that made this be written: a database that has all of them waiting is at least as new. */
  due: z.array(z.uuid()),
  identities: z.array(
    z.object({
      hash,
      isFormer: z.boolean(),
      /** Absent from lines of before, and where nobody told. */
      kind: z.enum(['phone', 'bsuid', 'parent-bsuid', 'lid']).optional(),
    }),
  ),
  /** The person's data was erased. Lines of before there was that say nothing of it. */
  isErased: z.boolean().default(false),
  blocks: z.array(
    z.object({
      id: z.uuid(),
      reason: z.enum(blockReasons),
      startedAt: moment,
      expiresAt: moment.nullable(),
      liftedAt: moment.nullable(),
      upstream: z.boolean(),
    }),
  ),
  /** Since when nothing that it is called is kept, never what that was. Absent where names are kept. */
  nameRemoved: z.object({ at: moment, by: nameRemovedBySchema.nullable() }).optional(),
});

export const journalBodySchema = z.discriminatedUnion('kind', [
  begunSchema,
  removalSchema,
  contactSchema,
]);
/** What a line of the journal says. No content, no number, no name. */
export type JournalBody = z.infer<typeof journalBodySchema>;
export type JournaledRemoval = z.infer<typeof removalSchema>;
export type JournaledContact = z.infer<typeof contactSchema>;
export type JournaledName = NonNullable<JournaledContact['nameRemoved']>;
export type NameRemovedBy = z.infer<typeof nameRemovedBySchema>;

/** As it is written: hashes as hexadecimal digits, times in UTC. */
export const plain = (body: JournalBody): object =>
  JSON.parse(
    JSON.stringify(
      body,
      function write(this: Record<string, unknown>, key: string, value: unknown) {
        const given = this[key];
        return Buffer.isBuffer(given) ? given.toString('hex') : value;
      },
    ),
  ) as object;
