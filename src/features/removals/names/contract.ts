import { z } from 'zod';

/** What the contact is called under the cover, by each who calls it something, for whoever reviews; each look is recorded. */
export const revealedNameSchema = z
  .object({
    givenName: z.string().nullable(),
    addressBookName: z.string().nullable(),
    profileName: z.string().nullable(),
    username: z.string().nullable(),
  })
  .meta({ id: 'RevealedName' });
export type RevealedName = z.infer<typeof revealedNameSchema>;
