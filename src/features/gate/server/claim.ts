import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { WayToSend } from '../ways-to-send/contract.ts';
import { assertPassed } from './check-gate.ts';
import { insertClaim, type NewClaim } from './claim-store.ts';
import type { Passed } from './decide.ts';

/** A request to WhatsApp is given up after this long, by a monotonic clock, counted from its claim. */
export const requestTimeoutMs = 8_000;
/** Later than the time-out: a claim without an end at its deadline belongs to a process that died. */
export const claimDeadlineMs = 15_000;

/** The claim has run out before its request was written: nothing may leave. */
export class ClaimExpiredError extends Error {
  override readonly name = 'ClaimExpiredError';
}

const claimKinds: Readonly<Record<WayToSend, NewClaim['kind']>> = {
  message: 'send',
  'read-mark': 'read',
};

interface ClaimPlace {
  readonly id: string;
  readonly workspaceId: string;
  readonly channelId: string;
}

// Filled by the class below, which runs before anything can call it.
let make: <Item>(place: ClaimPlace, item: Item, expiresAt: number) => Claim<Item>;

/**
 * The right to write one request that names a person (G2). A channel takes the item from it, right before writing; a
 * process that was stopped meanwhile finds it run out.
 */
export class Claim<Item> {
  readonly id: string;
  readonly workspaceId: string;
  /** Through which channel it leaves. */
  readonly channelId: string;
  readonly #item: Item;
  readonly #expiresAt: number;
  #isTaken = false;

  private constructor(place: ClaimPlace, item: Item, expiresAt: number) {
    this.id = place.id;
    this.workspaceId = place.workspaceId;
    this.channelId = place.channelId;
    this.#item = item;
    this.#expiresAt = expiresAt;
  }

  /**
   * @returns the item, once
   * @throws ClaimExpiredError when the claim has run out
   */
  take(): Item {
    if (this.#isTaken) {
      throw new Error('a claim is good for one request');
    }
    if (performance.now() >= this.#expiresAt) {
      throw new ClaimExpiredError('the claim ran out before its request was written');
    }
    this.#isTaken = true;
    return this.#item;
  }

  /** Aborts the request when the claim's time is over; a new signal for each call. */
  signal(): AbortSignal {
    return AbortSignal.timeout(Math.max(0, Math.ceil(this.#expiresAt - performance.now())));
  }

  static {
    make = (place, item, expiresAt) => new Claim(place, item, expiresAt);
  }
}

/**
 * Puts a passed item on the wire: from the commit of this transaction on, a block of the contact waits for its end.
 * The trigger of migration 0004 asks the blocks and the epoch once more.
 */
export const openClaim = async <Item>(
  ctx: Ctx,
  passed: Passed<Item>,
  about: { contactId: string; channelId: string; messageId: string },
): Promise<Claim<Item>> => {
  assertPassed(passed, ctx.tx, about.contactId);
  if (passed.way === null) {
    throw new Error('the gate let this item pass to be asked about, not to be sent');
  }
  const id = newId();
  // Before the insert: the deadline in the database must not be earlier than the time-out here.
  const expiresAt = performance.now() + requestTimeoutMs;
  await insertClaim(ctx.tx, {
    workspaceId: ctx.actor.workspaceId,
    id,
    contactId: about.contactId,
    kind: claimKinds[passed.way],
    messageId: about.messageId,
    epoch: passed.epoch,
    deadlineMs: claimDeadlineMs,
  });
  return make(
    { id, workspaceId: ctx.actor.workspaceId, channelId: about.channelId },
    passed.item,
    expiresAt,
  );
};
