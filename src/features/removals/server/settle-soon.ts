import type { Ctx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { settleRemovalJob, tidyTablesJob } from './job-names.ts';

/** Files go after the commit, never before. @param runAt when to look; now, unless told otherwise */
export const settleSoon = async (ctx: Ctx, requestId: string, runAt?: Date): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await enqueue(
    ctx.tx,
    settleRemovalJob,
    { workspaceId, requestId },
    { key: `removal:${requestId}`, ...(runAt === undefined ? {} : { runAt }) },
  );
};

/** One for the whole installation: its tables are those of all workspaces. */
export const tidySoon = (ctx: Ctx, runAt?: Date): Promise<void> =>
  enqueue(
    ctx.tx,
    tidyTablesJob,
    {},
    {
      key: tidyTablesJob.name,
      queue: tidyTablesJob.name,
      ...(runAt === undefined ? {} : { runAt }),
    },
  );
