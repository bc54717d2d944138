import { z } from 'zod';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { auditPurge, listRetentions, type Purged, purgeSome } from './purge-old.ts';

/** Purges what is older than its workspace keeps; nightly. */
export const purgeOldJob = { name: 'conversations.purge-old' } as const;

const nobody = systemActor('00000000-0000-0000-0000-000000000000');

/** One pass over the conversations, a small transaction at a time: nobody who works waits for long. */
const purgeWorkspace = async (deps: Deps, workspaceId: string, days: number): Promise<void> => {
  const actor = systemActor(workspaceId);
  let total = 0;
  let at: string | null = null;
  for (;;) {
    const from: string | null = at;
    const { purged, last }: Purged = await inTx(deps, actor, (ctx) => purgeSome(ctx, days, from));
    if (purged === 0) {
      break;
    }
    total += purged;
    at = last;
  }
  if (total > 0) {
    await inTx(deps, actor, (ctx) => auditPurge(ctx, days, total));
  }
};

export const purgeJobs: readonly AnyJob[] = [
  forList({
    ...purgeOldJob,
    payload: z.unknown(),
    run: async (_payload, { deps }) => {
      for (const { workspaceId, days } of await inTx(deps, nobody, listRetentions)) {
        await purgeWorkspace(deps, workspaceId, days);
      }
    },
  }),
];
