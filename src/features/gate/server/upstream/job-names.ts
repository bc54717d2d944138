import { z } from 'zod';
import type { Db, Tx } from '#platform/server/deps.ts';
import { enqueue, enqueueAll, takeOverWaiting } from '#platform/server/jobs.ts';

/** A number of ours. */
export interface ListPlace {
  readonly workspaceId: string;
  readonly channelId: string;
}

export const listPayload = z.object({ workspaceId: z.uuid(), channelId: z.uuid() });

/** Brings WhatsApp's list of one number to what is wanted by now. */
export const applyUpstreamJob = { name: 'gate.apply-upstream' } as const;
/** Reads that list, and settles what differs. */
export const checkListJob = { name: 'gate.check-list' } as const;
/** Has the list of every number read. */
export const checkAllListsJob = { name: 'gate.check-all-lists' } as const;
/** Blocked people have written: tries their blocks at WhatsApp again. Enqueued every few seconds by each worker. */
export const healUpstreamJob = { name: 'gate.heal-upstream' } as const;

export const checkPayload = listPayload.extend({
  /** The reading that goes on; absent: a new one begins. */
  readId: z.uuid().optional(),
});
export type CheckPayload = z.infer<typeof checkPayload>;

/** What asks about one list runs one after another, so that no answer is judged by what another request has changed. */
const queueOf = ({ channelId }: ListPlace): string => `upstream:${channelId}`;

interface ApplyOptions {
  /** Of whom the change is; their lock is held, so nobody waits here for another transaction's job. */
  readonly contactId?: string;
  readonly runAt?: Date;
}

/**
 * At most one waits for each change; whatever it was enqueued for, it works from what is wanted when it runs. A key of
 * the number alone would make all blocks wait for one another.
 */
export const enqueueApply = (
  tx: Tx,
  place: ListPlace,
  { contactId, runAt }: ApplyOptions = {},
): Promise<void> => {
  const { workspaceId, channelId } = place;
  const of = contactId === undefined ? '' : `:${contactId}`;
  const options = { key: `upstream:${channelId}${of}`, queue: queueOf(place) };
  return enqueue(
    tx,
    applyUpstreamJob,
    { workspaceId, channelId },
    runAt === undefined ? options : { ...options, runAt },
  );
};

/** The same for what several changes ask of several numbers, in one statement. */
export const enqueueApplies = (
  tx: Tx,
  workspaceId: string,
  tries: readonly { readonly channelId: string; readonly contactId: string }[],
): Promise<void> =>
  enqueueAll(
    tx,
    applyUpstreamJob,
    tries.map(({ channelId, contactId }) => ({
      payload: { workspaceId, channelId },
      key: `upstream:${channelId}:${contactId}`,
      queue: queueOf({ workspaceId, channelId }),
    })),
  );

/** Whoever brings a list to what is wanted does so for all that wait to, and before it looks at what that is. */
export const takeOverApplies = (db: Db, place: ListPlace): Promise<void> =>
  takeOverWaiting(db, applyUpstreamJob, queueOf(place));

/** Of one reading, or one step of it. */
export const checkTries = 6;

/** Before the id of the number. */
export const checkKeyStart = 'upstream-check:';

/** A new reading takes the place of one that waits. */
export const enqueueCheck = (tx: Tx, payload: CheckPayload, runAt?: Date): Promise<void> =>
  enqueue(tx, checkListJob, payload, {
    key: `${checkKeyStart}${payload.channelId}`,
    queue: queueOf(payload),
    maxAttempts: checkTries,
    ...(runAt && { runAt }),
  });
