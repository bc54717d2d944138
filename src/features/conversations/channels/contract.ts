import { z } from 'zod';
import { wholeListOf } from '#platform/shared/page.ts';
import { channelSchema } from '../contract.ts';

/** What `GET /api/v1/channels` answers. */
export const channelListSchema = wholeListOf(channelSchema).extend({
  /** The page with phones that write to us; null but in the demonstration. */
  simulatorUrl: z.url().nullable(),
});
export type ChannelList = z.infer<typeof channelListSchema>;
