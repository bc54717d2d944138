import { z } from 'zod';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { forList, type Job } from '#platform/server/jobs.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { indexMessagesJob } from './delivery-jobs.ts';
import { indexMessages } from './index-messages.ts';

/** In one go; the next one comes in a few seconds. */
const mostTurns = 500;

const makeWords: Job<unknown> = {
  ...indexMessagesJob,
  payload: z.unknown(),
  run: async (_, { deps }) => {
    const turn = () => inTx(deps, systemActor(everyWorkspace), indexMessages);
    for (let turns = 0; turns < mostTurns && (await turn()); turns += 1) {
      // Short transactions, one after another: nobody waits long for a message that is locked.
    }
  },
};

export const indexJobs = [forList(makeWords)];
