import type { BlockListPort, ListedPerson } from '#channels/block-list-port.ts';
import { type Deps, systemActor, type Tx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type CheckPayload, enqueueApply, enqueueCheck, type ListPlace } from './job-names.ts';
import { findStanding, noteRest } from './outcome-store.ts';
import {
  addListed,
  beginReading,
  failReading,
  findLostReadings,
  findReading,
  forgetReading,
  type Reading,
} from './reading-store.ts';
import { settlePiece } from './settle-list.ts';

/** A job that works longer is taken for dead; the next step goes on from the cursor. */
const longestStepMs = 12_000;
const pageMs = 8_000;
/** A list that never stands still long enough is read another day. */
const mostRestarts = 8;
/** What went wrong is ours, not WhatsApp's. */
const notSettled = 'not-settled';

type Step =
  | {
      readonly kind: 'read';
      readonly people: readonly ListedPerson[];
      readonly next: string | null;
    }
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly code: string; readonly isWorthRepeating: boolean };

/** Page by page, as far as one step goes. */
const readStep = async (
  blockList: BlockListPort,
  place: ListPlace,
  from: string | null,
  endAt: number,
): Promise<Step> => {
  const people: ListedPerson[] = [];
  for (let after = from; ; ) {
    const page = await blockList.readPage(place, after, AbortSignal.timeout(pageMs));
    if (page.kind !== 'page') {
      return page;
    }
    people.push(...page.people);
    if (page.next !== null && page.next === after) {
      // It would go round for ever.
      return { kind: 'failed', code: 'unreadable-answer', isWorthRepeating: false };
    }
    if (page.next === null || performance.now() >= endAt) {
      return { kind: 'read', people, next: page.next };
    }
    after = page.next;
  }
};

const startOrGoOn = (deps: Deps, payload: CheckPayload): Promise<Reading | undefined> =>
  inTx(deps, systemActor(payload.workspaceId), async (ctx) => {
    const standing = await findStanding(ctx.tx, payload);
    if (!standing?.isConnected || !standing.isOn) {
      await forgetReading(ctx.tx, payload);
      if (standing?.isConnected) {
        // Nothing is read for a layer that is off. What we put there goes, and what was in its way may have been mended.
        await noteRest(ctx.tx, payload, null);
        await enqueueApply(ctx.tx, payload);
      }
      return undefined;
    }
    const open = await findReading(ctx.tx, payload);
    return open !== undefined && open.id === payload.readId
      ? open
      : beginReading(ctx.tx, payload, 0);
  });

/** Another reading may have taken the place of this one, or another job the step: what was found then is nobody's. */
const isGoingOn = async (tx: Tx, place: ListPlace, { id, cursor, settledTo }: Reading) => {
  const open = await findReading(tx, place);
  return open?.id === id && open.cursor === cursor && open.settledTo === settledTo;
};

/** What a step has found; after the last one the first piece is settled in the same transaction. */
const keepStep = (
  deps: Deps,
  place: ListPlace,
  reading: Reading,
  { people, next }: Extract<Step, { kind: 'read' }>,
): Promise<void> =>
  inTx(deps, systemActor(place.workspaceId), async (ctx) => {
    if (!(await isGoingOn(ctx.tx, place, reading))) {
      return;
    }
    await addListed(ctx.tx, place, reading.id, people, next);
    await (next === null
      ? settlePiece(ctx, place, reading)
      : enqueueCheck(ctx.tx, { ...place, readId: reading.id }));
  });

/** The list was read: what is left to settle goes on, unless another reading has taken the place of this one. */
const settleOn = (deps: Deps, place: ListPlace, { id }: Reading): Promise<void> =>
  inTx(deps, systemActor(place.workspaceId), async (ctx) => {
    const open = await findReading(ctx.tx, place);
    if (open?.id === id) {
      await settlePiece(ctx, place, open);
    }
  });

/** From page one; by another job when this one has worked long enough. */
const beginAnew = (
  deps: Deps,
  place: ListPlace,
  before: Reading,
  isLate: boolean,
): Promise<Reading | undefined> =>
  inTx(deps, systemActor(place.workspaceId), async (ctx) => {
    if (!(await isGoingOn(ctx.tx, place, before))) {
      return undefined;
    }
    const reading = await beginReading(ctx.tx, place, before.restarts + 1);
    if (!isLate) {
      return reading;
    }
    await enqueueCheck(ctx.tx, { ...place, readId: reading.id });
    return undefined;
  });

const failOpen = (deps: Deps, place: ListPlace, reading: Reading, code: string): Promise<void> =>
  inTx(deps, systemActor(place.workspaceId), async (ctx) => {
    if (await isGoingOn(ctx.tx, place, reading)) {
      await failReading(ctx.tx, place, code);
    }
  });

/**
 * One step of reading WhatsApp's list, or of settling it. The list changed meanwhile: everything is thrown away and begins anew. Any other
 * answer that is no page ends the reading without a result; it is never taken for an empty list.
 * @throws Error when it is worth another try, which the runner makes later
 */
const readOn = async (
  deps: Deps,
  blockList: BlockListPort,
  payload: CheckPayload,
  stepMs: number,
): Promise<void> => {
  const place = { workspaceId: payload.workspaceId, channelId: payload.channelId };
  const endAt = performance.now() + stepMs;
  let reading = await startOrGoOn(deps, payload);
  while (reading !== undefined) {
    const { cursor, restarts, settledTo }: Reading = reading;
    if (settledTo !== null) {
      await settleOn(deps, place, reading);
      return;
    }
    const step = await readStep(blockList, place, cursor, endAt);
    if (step.kind === 'read') {
      await keepStep(deps, place, reading, step);
      return;
    }
    if (step.kind === 'changed' && restarts < mostRestarts) {
      reading = await beginAnew(deps, place, reading, performance.now() >= endAt);
      continue;
    }
    const code = step.kind === 'changed' ? 'whatsapp-139102' : step.code;
    await failOpen(deps, place, reading, code);
    if (step.kind === 'failed' && step.isWorthRepeating) {
      throw new Error(`the block list could not be read: ${code}`);
    }
    return;
  }
};

/** Nobody goes on with it any more; one that was begun meanwhile is another's. */
const giveUp = (deps: Deps, { workspaceId, channelId, readId }: CheckPayload): Promise<void> =>
  inTx(deps, systemActor(workspaceId), async (ctx) => {
    const place = { workspaceId, channelId };
    const open = await findReading(ctx.tx, place);
    if (open !== undefined && (readId === undefined || open.id === readId)) {
      await failReading(ctx.tx, place, notSettled);
    }
  });

/**
 * The same, for the runner: what our own side throws keeps the reading for the next try, and ends it with the last one.
 * @throws Error as above, and whatever the database refuses
 */
export const checkList = async (
  deps: Deps,
  blockList: BlockListPort,
  payload: CheckPayload,
  { stepMs = longestStepMs, isLastTry = false }: { stepMs?: number; isLastTry?: boolean } = {},
): Promise<void> => {
  try {
    await readOn(deps, blockList, payload, stepMs);
  } catch (error) {
    if (isLastTry) {
      await giveUp(deps, payload);
    }
    throw error;
  }
};

/** A process that dies in the last try says nothing: its reading would be under way for ever. */
export const endLostReadings = async (deps: Deps): Promise<void> => {
  for (const { id: readId, ...place } of await findLostReadings(deps.db)) {
    await giveUp(deps, { ...place, readId });
  }
};
