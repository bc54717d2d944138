import { z } from 'zod';
import { lockContacts } from '#features/contacts/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { forList, type Job } from '#platform/server/jobs.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { exchangeJobs } from './exchange/exchange.job.ts';
import { forgetTraces } from './forget-traces.ts';
import { applyImport } from './imports/apply-import.job.ts';
import { undoImport } from './imports/undo-import.job.ts';
import { announceEndJob, blockedContactPayload, forgetTracesJob } from './job-names.ts';
import { requestJobs } from './requests/bring-up-request.job.ts';
import { endUpstream } from './upstream/ask-upstream.ts';
import { writeDownEnd } from './write-down-end.ts';

const announceEnd: Job<z.infer<typeof blockedContactPayload>> = {
  ...announceEndJob,
  payload: blockedContactPayload,
  run: async ({ workspaceId, contactId }, { deps }) => {
    await inTx(deps, systemActor(workspaceId), async (ctx) => {
      await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
      await writeDownEnd(ctx, contactId);
      ctx.notices.add(workspaceId, 'contact', contactId);
      await endUpstream(ctx, contactId);
    });
  },
};

const noPayload = z.unknown();

const forget: Job<unknown> = {
  ...forgetTracesJob,
  payload: noPayload,
  run: (_, { deps }) => inTx(deps, systemActor(everyWorkspace), forgetTraces),
};

export const gateJobs = [
  forList(announceEnd),
  forList(forget),
  forList(applyImport),
  forList(undoImport),
  ...exchangeJobs,
  ...requestJobs,
];
