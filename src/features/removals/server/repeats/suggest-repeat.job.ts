import { z } from 'zod';
import { suggestRemovalJob } from '#features/media/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { suggestRepeat } from './suggest-repeat.ts';

const payload = z.object({ workspaceId: z.uuid(), messageId: z.uuid() });

/** The job that media enqueues with a file that is like something removed. */
export const repeatJobs: readonly AnyJob[] = [
  forList({
    ...suggestRemovalJob,
    payload,
    run: async ({ workspaceId, messageId }, { deps }) => {
      try {
        await inTx(deps, systemActor(workspaceId), (ctx) => suggestRepeat(ctx, messageId));
      } catch (error) {
        // Deleted by its age meanwhile, with its match.
        if (!(error instanceof AppError && error.code === 'message-not-found')) {
          throw error;
        }
      }
    },
  }),
];
