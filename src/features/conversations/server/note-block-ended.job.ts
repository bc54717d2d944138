import type { z } from 'zod';
import { blockedContactPayload, noteBlockEndedJob } from '#features/gate/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { forList, type Job } from '#platform/server/jobs.ts';
import { noteBlockEnded } from './note-block-ended.ts';

const job: Job<z.infer<typeof blockedContactPayload>> = {
  ...noteBlockEndedJob,
  payload: blockedContactPayload,
  run: async ({ workspaceId, contactId }, { deps }) => {
    await inTx(deps, systemActor(workspaceId), (ctx) => noteBlockEnded(ctx, contactId));
  },
};

export const blockEndJobs = [forList(job)];
