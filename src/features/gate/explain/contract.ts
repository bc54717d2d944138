import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { textSchema } from '#platform/shared/text.ts';
import { blockSchema } from '../contract.ts';
import { waysToSend } from '../ways-to-send/contract.ts';

export const identityKinds = ['phone', 'bsuid', 'parent-bsuid', 'lid'] as const;

export const testIdentitySchema = z.object({
  /** A number in any form, with or without its ninth digit, or WhatsApp's id of an account. */
  identity: textSchema.trim().min(1).max(140),
});

/** One of a contact's identities, as much of it as tells them apart. */
const maskedIdentitySchema = z.object({
  kind: z.enum(identityKinds),
  masked: z.string(),
  /** Left behind by the contact; it blocks all the same. */
  isFormer: z.boolean(),
});
export type MaskedIdentity = z.infer<typeof maskedIdentitySchema>;

/** What the gate would do now with somebody who comes under this number or id. */
export const identityTestSchema = z
  .object({
    /** As it was read: spellings of one number are one. */
    read: maskedIdentitySchema.pick({ kind: true, masked: true }),
    /** What this person sends would be dropped. */
    isDropped: z.boolean(),
    /** What is sent to this person would be refused. */
    isRefused: z.boolean(),
    /** On a list of another unit and not met yet: the first message blocks, and is dropped. */
    isListed: z.boolean(),
    /** Who has or had it; and who left behind another identity of its holder and is blocked. */
    contacts: z.array(
      z.object({
        id: idSchema,
        name: z.string(),
        /** The person's data was erased while they were blocked: nobody knows a name. */
        isErased: z.boolean(),
        through: maskedIdentitySchema,
        /** The block that stands in the way, if any. */
        block: blockSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'IdentityTest' });
export type IdentityTest = z.infer<typeof identityTestSchema>;

/**
 * Whether WhatsApp's own list would take the person now. later: not until they write again, which is when it is tried;
 * full: not before somebody leaves the list, which had no room when it was last asked; off: by the number's setting;
 * not-supported: by no name that WhatsApp takes.
 */
export const layerProspects = [
  'now',
  'later',
  'full',
  'off',
  'not-supported',
  'not-connected',
] as const;

/** What a block of this contact would stop, as it stands at this moment. */
export const blockImpactSchema = z
  .object({
    /** The numbers of ours through which this person speaks, or did while a block dropped it. */
    channels: z.array(
      z.object({
        channelId: idSchema,
        channelName: z.string(),
        /** Its conversation is open, not resolved; null: there is none. */
        isOpen: z.boolean().nullable(),
        layer: z.enum(layerProspects),
      }),
    ),
    /** Of each way to send, what waits or is on its way. */
    waiting: z.array(z.object({ way: z.enum(waysToSend), count: z.number().int() })),
  })
  .meta({ id: 'BlockImpact' });
export type BlockImpact = z.infer<typeof blockImpactSchema>;

/** What blocking many contacts at once would stop, of all of them together. */
export const bulkImpactSchema = z
  .object({
    /** Whom the block would shut out, and how many of those named are shut out already. */
    contacts: z.number().int(),
    blockedAlready: z.number().int(),
    /** The numbers of ours through which any of them speaks, or did while a block dropped it. */
    channels: z.array(
      z.object({
        channelId: idSchema,
        channelName: z.string(),
        /** Conversations. */
        open: z.number().int(),
        resolved: z.number().int(),
        /** Of how many of these contacts WhatsApp's own list would say what. */
        layers: z.array(z.object({ layer: z.enum(layerProspects), count: z.number().int() })),
      }),
    ),
    waiting: blockImpactSchema.shape.waiting,
  })
  .meta({ id: 'BulkImpact' });
export type BulkImpact = z.infer<typeof bulkImpactSchema>;
