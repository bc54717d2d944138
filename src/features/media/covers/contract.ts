import { z } from 'zod';

/** The kinds of message that show something as soon as they are there, or by their file's name. */
export const coverableKinds = ['image', 'sticker', 'video', 'document'] as const;
export type CoverableKind = (typeof coverableKinds)[number];

/** flagged: of flagged contacts alone · strangers: of whoever nobody had answered as well · everybody: of everybody. */
export const coveredFromWhom = ['flagged', 'strangers', 'everybody'] as const;
export const placeholders = ['none', 'blur'] as const;

export const setMediaCoverSettingsSchema = z.object({
  coveredFrom: z.enum(coveredFromWhom),
  /** Of flagged contacts all kinds are covered, whatever stands here. */
  kinds: z.array(z.enum(coverableKinds)).max(coverableKinds.length),
  /** What stands in the place of a covered picture: nothing of it, or a few shades of grey that the server makes of it. */
  placeholder: z.enum(placeholders),
});
export const mediaCoverSettingsSchema = setMediaCoverSettingsSchema.meta({
  id: 'MediaCoverSettings',
});
export type MediaCoverSettings = z.infer<typeof mediaCoverSettingsSchema>;

/** The stricter choice of one person: all media that comes in is covered for them, whatever the workspace wants. */
export const setMediaCoverChoiceSchema = z.object({ coversAll: z.boolean() });
export const mediaCoverChoiceSchema = setMediaCoverChoiceSchema.meta({ id: 'MediaCoverChoice' });
export type MediaCoverChoice = z.infer<typeof mediaCoverChoiceSchema>;

/** usual: as for everybody · flagged: covered, whoever has answered · shown: not covered, although nobody has. */
export const contactMediaRules = ['usual', 'flagged', 'shown'] as const;
export const contactMediaRuleSchema = z
  .object({
    rule: z.enum(contactMediaRules),
    /** removal: something of theirs was removed; null when nothing was said of this contact. */
    cause: z.enum(['manual', 'removal', 'merge', 'split']).nullable(),
    setAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ContactMediaRule' });
export type ContactMediaRule = z.infer<typeof contactMediaRuleSchema>;
