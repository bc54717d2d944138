import { z } from 'zod';
import type { BlockListPort } from '#channels/block-list-port.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { addressesOf, nextRound, recordRound } from './apply-upstream.ts';
import { checkList, endLostReadings } from './check-list.ts';
import { enqueueAllChecks, healUpstream } from './heal-upstream.ts';
import {
  applyUpstreamJob,
  checkAllListsJob,
  checkListJob,
  checkPayload,
  checkTries,
  enqueueApply,
  healUpstreamJob,
  type ListPlace,
  listPayload,
  takeOverApplies,
} from './job-names.ts';

/** Of one request; a thousand people may take their time. */
const requestMs = 12_000;
/** A job that works longer is taken for dead: what is left is another job's. */
const roundsMs = 10_000;

/** Round by round, each planned from what is wanted when it begins; outside any transaction it asks WhatsApp. */
const applyUpstream = async (
  deps: Deps,
  blockList: BlockListPort,
  place: ListPlace,
): Promise<void> => {
  const actor = systemActor(place.workspaceId);
  const endAt = performance.now() + roundsMs;
  await takeOverApplies(deps.db, place);
  for (;;) {
    const next = await inTx(deps, actor, (ctx) => nextRound(ctx, place));
    if (next.kind === 'idle') {
      return;
    }
    if (next.kind === 'resting' || performance.now() >= endAt) {
      const restMs = next.kind === 'resting' ? next.restMs : 0;
      const runAt = new Date(Date.now() + restMs + 50);
      await inTx(deps, actor, (ctx) => enqueueApply(ctx.tx, place, { runAt }));
      return;
    }
    if (next.kind === 'again') {
      continue;
    }
    const { round } = next;
    const limits = { signal: AbortSignal.timeout(requestMs), attempt: round.attempt };
    const change = await blockList.change(place, round.verb, addressesOf(round), limits);
    await inTx(deps, actor, (ctx) => recordRound(ctx, place, round, change));
  }
};

/** The jobs that speak to WhatsApp's block lists. @param channel of the one kind there is today */
export const upstreamJobs = ({ blockList }: { readonly blockList: BlockListPort }): AnyJob[] => [
  forList({
    ...applyUpstreamJob,
    payload: listPayload,
    run: (place, { deps }) => applyUpstream(deps, blockList, place),
  }),
  forList({
    ...checkListJob,
    payload: checkPayload,
    run: (payload, { deps, attempt }) =>
      checkList(deps, blockList, payload, { isLastTry: attempt >= checkTries }),
  }),
  forList({
    ...checkAllListsJob,
    payload: z.unknown(),
    run: (_payload, { deps }) => inTx(deps, systemActor(everyWorkspace), enqueueAllChecks),
  }),
  forList({
    ...healUpstreamJob,
    payload: z.unknown(),
    run: async (_payload, { deps }) => {
      await healUpstream(deps);
      await endLostReadings(deps);
    },
  }),
];
