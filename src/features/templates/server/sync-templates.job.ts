import { z } from 'zod';
import type { Channel } from '#channels/channel.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import {
  type ChannelPayload,
  channelPayload,
  syncAllTemplatesJob,
  syncTemplatesJob,
} from './job-names.ts';
import { enqueueAllSyncs, keepTemplates, noteFailedRead } from './sync-templates.ts';

/** Of a whole read, however many pages it has. */
const longestReadMs = 120_000;

const nobody = systemActor('00000000-0000-0000-0000-000000000000');

const sync = async (
  deps: Deps,
  channel: Pick<Channel, 'readTemplates'>,
  payload: ChannelPayload,
): Promise<void> => {
  const actor = systemActor(payload.workspaceId);
  const readAt = new Date();
  const signal = AbortSignal.timeout(longestReadMs);
  const answer = await channel.readTemplates(payload, { signal });
  if (answer.kind === 'read') {
    await inTx(deps, actor, (ctx) => keepTemplates(ctx, payload, answer, readAt));
    return;
  }
  await inTx(deps, actor, (ctx) => noteFailedRead(ctx, payload, answer.code));
  if (answer.isWorthRepeating) {
    throw new Error(`the templates could not be read: ${answer.code}`);
  }
};

/** The jobs that read templates. @param channel of the one kind there is today */
export const templateJobs = (channel: Pick<Channel, 'readTemplates'>): AnyJob[] => [
  forList({
    ...syncTemplatesJob,
    payload: channelPayload,
    run: (payload, { deps }) => sync(deps, channel, payload),
  }),
  forList({
    ...syncAllTemplatesJob,
    payload: z.unknown(),
    run: (_payload, { deps }) => inTx(deps, nobody, enqueueAllSyncs),
  }),
];
