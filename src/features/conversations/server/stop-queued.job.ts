import { z } from 'zod';
import { releaseAssignmentsJob, removedMemberPayload } from '#features/accounts/server/index.ts';
import { blockedContactPayload, stopQueuedJob } from '#features/gate/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { forList, type Job } from '#platform/server/jobs.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { returnAllToQueue } from './assign-conversation.ts';
import { sweepJob } from './delivery-jobs.ts';
import { blockEndJobs } from './note-block-ended.job.ts';
import { refuseQueued, rescueStranded } from './refuse-queued.ts';

const stopQueued: Job<z.infer<typeof blockedContactPayload>> = {
  ...stopQueuedJob,
  payload: blockedContactPayload,
  run: ({ workspaceId, contactId }, { deps }) =>
    inTx(deps, systemActor(workspaceId), (ctx) => refuseQueued(ctx, contactId)),
};

const releaseAssignments: Job<z.infer<typeof removedMemberPayload>> = {
  ...releaseAssignmentsJob,
  payload: removedMemberPayload,
  run: ({ workspaceId, memberId }, { deps }) =>
    inTx(deps, systemActor(workspaceId), (ctx) => returnAllToQueue(ctx, memberId)),
};

const sweep: Job<unknown> = {
  ...sweepJob,
  payload: z.unknown(),
  run: (_, { deps }) => inTx(deps, systemActor(everyWorkspace), rescueStranded),
};

export const upkeepJobs = [
  forList(stopQueued),
  forList(releaseAssignments),
  forList(sweep),
  ...blockEndJobs,
];
