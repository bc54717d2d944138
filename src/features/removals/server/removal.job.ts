import { z } from 'zod';
import { appendDue } from '#features/journal/server/index.ts';
import { dropFile } from '#features/media/server/index.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { isDatabaseAwayError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList, type Job } from '#platform/server/jobs.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import {
  removalPayload,
  removalUpkeepJob,
  settleRemovalJob,
  tellDueJob,
  tidyTablesJob,
} from './job-names.ts';
import { repeatJobs } from './repeats/suggest-repeat.job.ts';
import {
  closeEmptied,
  findFilesLeft,
  findNeglected,
  settleRequest,
  tellDue,
} from './settle-request.ts';
import { settleSoon } from './settle-soon.ts';
import { tidyTables } from './tidy-tables.ts';

type OfRequest = z.infer<typeof removalPayload>;

/** All of them are tried, whatever becomes of the first. */
const dropAll = async (
  deps: Deps,
  workspaceId: string,
  files: readonly Buffer[],
): Promise<'storage-unreachable' | null> => {
  let failure: 'storage-unreachable' | null = null;
  for (const sha256 of files) {
    try {
      await dropFile(deps, { workspaceId, sha256 });
    } catch (err) {
      if (isDatabaseAwayError(err)) {
        throw err;
      }
      // Stands on the request, and is tried again.
      deps.log.warn({ err }, 'a removed file could not be deleted');
      failure = 'storage-unreachable';
    }
  }
  return failure;
};

const writeJournal = async (deps: Deps): Promise<'journal-unreachable' | null> => {
  try {
    await appendDue(deps);
    return null;
  } catch (err) {
    if (isDatabaseAwayError(err)) {
      throw err;
    }
    deps.log.warn({ err }, 'the journal could not be written');
    return 'journal-unreachable';
  }
};

const settle: Job<OfRequest> = {
  ...settleRemovalJob,
  payload: removalPayload,
  run: async ({ workspaceId, requestId }, { deps }) => {
    const actor = systemActor(workspaceId);
    const files = await inTx(deps, actor, (ctx) => findFilesLeft(ctx, requestId));
    const tried = {
      files: await dropAll(deps, workspaceId, files),
      journal: await writeJournal(deps),
    };
    await inTx(deps, actor, (ctx) => settleRequest(ctx, requestId, tried));
  },
};

const due: Job<OfRequest> = {
  ...tellDueJob,
  payload: removalPayload,
  run: ({ workspaceId, requestId }, { deps }) =>
    inTx(deps, systemActor(workspaceId), (ctx) => tellDue(ctx, requestId)),
};

const upkeep = async (deps: Deps): Promise<void> => {
  const nobody = systemActor(everyWorkspace);
  const { emptied, unsettled } = await inTx(deps, nobody, findNeglected);
  for (const { workspaceId, requestId } of emptied) {
    await inTx(deps, systemActor(workspaceId), (ctx) => closeEmptied(ctx, requestId));
  }
  for (const { workspaceId, requestId } of unsettled) {
    await inTx(deps, systemActor(workspaceId), (ctx) => settleSoon(ctx, requestId));
  }
};

const none = z.unknown();

/** The jobs of removals. */
export const removalJobs: readonly AnyJob[] = [
  ...repeatJobs,
  forList(settle),
  forList(due),
  forList({ ...tidyTablesJob, payload: none, run: (_payload, { deps }) => tidyTables(deps) }),
  forList({ ...removalUpkeepJob, payload: none, run: (_payload, { deps }) => upkeep(deps) }),
];
