import { z } from 'zod';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { listRetentions, type Purged, purgeSome } from './purge-old.ts';

/** Purges what is older than its workspace keeps; nightly. */
export const purgeOldJob = { name: 'conversations.purge-old' } as const;

const nobody = systemActor('00000000-0000-0000-0000-000000000000');

/** One pass over the conversations, a small transaction at a time: nobody who works waits for long. */
const purgeWorkspace = async (deps: Deps, workspaceId: string, days: number): Promise<void> => {
  const actor = systemActor(workspaceId);
  let at: string | null = null;
  for (;;) {
    const from: string | null = at;
    const { purged, last }: Purged = await inTx(deps, actor, (ctx) => purgeSome(ctx, days, from));
    if (purged === 0) {
      break;
    }
    at = last;
  }
};

/** What is in the way of one workspace keeps no other from its purge; the job comes again for it. */
const purgeAll = async (deps: Deps): Promise<void> => {
  let failed = 0;
  for (const { workspaceId, days } of await inTx(deps, nobody, listRetentions)) {
    try {
      await purgeWorkspace(deps, workspaceId, days);
    } catch (error) {
      failed += 1;
      deps.log.error({ err: error, workspaceId }, 'the old messages of a workspace stay for now');
    }
  }
  if (failed > 0) {
    throw new Error(`the purge of ${failed} workspaces failed`);
  }
};

export const purgeJobs: readonly AnyJob[] = [
  forList({ ...purgeOldJob, payload: z.unknown(), run: (_payload, { deps }) => purgeAll(deps) }),
];
