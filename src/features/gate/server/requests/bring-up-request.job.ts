import type { z } from 'zod';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { forList, type Job } from '#platform/server/jobs.ts';
import { bringUpRequestJob, requestPayload } from '../job-names.ts';
import { bringUp } from './bring-up-request.ts';

const bringUpRequest: Job<z.infer<typeof requestPayload>> = {
  ...bringUpRequestJob,
  payload: requestPayload,
  run: ({ workspaceId, requestId }, { deps }) =>
    inTx(deps, systemActor(workspaceId), (ctx) => bringUp(ctx, requestId)),
};

export const requestJobs = [forList(bringUpRequest)];
