import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';

/**
 * A person outside as everybody in the team may see them: of a block `isBlocked` and nothing more, whoever asks. Its
 * details are the gate's to tell (docs/gate.md, where the blocked conversation is).
 */
export const contactSchema = z
  .object({
    id: idSchema,
    /**
     * The name the team gave, else the one in the address book of the business's phone, else the one chosen on WhatsApp,
     * else the user name, else the number; masked where the name is withheld.
     */
    name: z.string(),
    givenName: z.string().nullable(),
    /** In the address book of the WhatsApp Business app, when a number of ours is also used there. */
    addressBookName: z.string().nullable(),
    profileName: z.string().nullable(),
    username: z.string().nullable(),
    /** E.164 with the plus sign, as this person is dialled; null while the number is hidden. */
    phone: z.string().nullable(),
    /**
     * covered: somebody asked for the name to be removed, and the masked number stands for it until that is decided ·
     * removed: what WhatsApp calls this person is not kept any more; a name of ours may be given.
     */
    nameWithheld: z.enum(['covered', 'removed']).nullable(),
    isBlocked: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof contactSchema>;

export const contactQuerySchema = pageQuerySchema.extend({
  /** Part of a name, or of a number as Brazilians type it; or a whole id: ours, or WhatsApp's of the person. */
  search: textSchema.trim().max(200).optional(),
  /** By name whoever has none comes last. */
  sort: z.enum(['newest', 'name']).default('newest'),
  /** `only` is for those who may see details of blocks. */
  blocked: z.enum(['with', 'without', 'only']).default('with'),
});

export const renameContactSchema = z.object({ givenName: textSchema.trim().max(200).nullable() });

export const mergeContactsSchema = z.object({
  otherContactId: idSchema,
  /** With somebody blocked: whether the contact that remains is. False lifts the block, as an unblock by whoever merges. */
  keepBlock: z.boolean().default(true),
});

/** The contact that remains. */
export const mergedContactSchema = contactSchema
  .extend({
    /** Of one that is blocked: messages whose request to WhatsApp was under way and whose end is not known after 10 s (G2). */
    stillOnWire: z.array(idSchema),
  })
  .meta({ id: 'MergedContact' });
export type MergedContact = z.infer<typeof mergedContactSchema>;

export const contactErrorCodes = [
  'contact-not-found',
  'contact-merged',
  'invalid-phone',
  /** Somebody asked for the name to be removed: until that is decided nobody gives another. */
  'name-covered',
  /** It has none, or nobody writes with it: there is no conversation in which the request could stand. */
  'name-not-removable',
] as const;
