import type { Tx } from '#platform/server/deps.ts';
import type { WayToSend } from '../ways-to-send/contract.ts';

/** A block of one of the contacts that have or had an identity of the item's person. */
export interface BlockSpan {
  readonly blockId: string;
  readonly contactId: string;
  readonly startedAt: Date;
  /** Lifted by a person or ended by the clock; null while nothing ended it. */
  readonly endedAt: Date | null;
  /** By the database's clock, in a statement that began after the lock was held. */
  readonly isActive: boolean;
}

export interface InboundFacts {
  /** `out` = an echo of what our own side sent: tested first, never dropped (G1). */
  readonly direction: 'in' | 'out';
  /** WhatsApp's clock, whole seconds since 1970. */
  readonly timestamp: number;
  readonly spans: readonly BlockSpan[];
  /** This very item was dropped before. */
  readonly wasDropped: boolean;
}

export interface OutboundFacts {
  readonly isBlocked: boolean;
  /** The contact's epoch now. */
  readonly epoch: number;
  /** The epoch under which the item was accepted; null while it is being accepted. */
  readonly acceptedEpoch: number | null;
}

interface Outbound {
  readonly epoch: number;
  readonly way: WayToSend | null;
}

// Filled by the class below, which runs before anything can call them.
let issue: <Item>(
  tx: Tx,
  item: Item,
  contacts: Iterable<string>,
  outbound?: Outbound,
) => Passed<Item>;
let isFor: (passed: Passed<unknown>, tx: Tx, contactId: string) => boolean;
let isFrom: (passed: Passed<unknown>, tx: Tx) => boolean;

/**
 * Proof that the gate let these very items pass, in this very transaction, for these contacts. Only this file can make
 * one; the store takes the rows from it.
 */
export class Passed<Item> {
  readonly item: Item;
  readonly epoch: number;
  /** As what it may leave; null: it may be stored or asked about, and nothing leaves by it. */
  readonly way: WayToSend | null;
  readonly #tx: Tx;
  readonly #contacts: ReadonlySet<string>;

  private constructor(tx: Tx, item: Item, contacts: Iterable<string>, outbound: Outbound) {
    this.#tx = tx;
    this.item = item;
    this.#contacts = new Set(contacts);
    this.epoch = outbound.epoch;
    this.way = outbound.way;
  }

  static {
    issue = (tx, item, contacts, outbound = { epoch: 0, way: null }) =>
      new Passed(tx, item, contacts, outbound);
    isFor = (passed, tx, contactId) => passed.#tx === tx && passed.#contacts.has(contactId);
    isFrom = (passed, tx) => passed.#tx === tx;
  }
}

/** Whether this proof was made in this transaction for this contact. */
export const provesFor = (passed: Passed<unknown>, tx: Tx, contactId: string): boolean =>
  isFor(passed, tx, contactId);

/** Whether this proof was made in this transaction. */
export const provesIn = (passed: Passed<unknown>, tx: Tx): boolean => isFrom(passed, tx);

export type DropCause = 'active' | 'late' | 'redelivered';

export type InboundVerdict<Item> =
  | { readonly kind: 'pass'; readonly passed: Passed<Item> }
  | { readonly kind: 'drop'; readonly cause: DropCause; readonly blockId: string };

export type OutboundVerdict<Item> =
  | { readonly kind: 'pass'; readonly passed: Passed<Item> }
  | { readonly kind: 'refuse'; readonly code: 'contact-blocked' };

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** WhatsApp gives whole seconds: the seconds in which a block began and ended belong to it (gate.md, late deliveries). */
const covers = (span: BlockSpan, timestamp: number): boolean =>
  span.endedAt !== null &&
  seconds(span.startedAt) <= timestamp &&
  timestamp <= seconds(span.endedAt);

/** Why an inbound item must be dropped; null when nothing stands against it. Pure. */
export const dropCause = (facts: InboundFacts): { cause: DropCause; blockId: string } | null => {
  if (facts.direction === 'out') {
    return null;
  }
  const active = facts.spans.find((span) => span.isActive);
  if (active !== undefined) {
    return { cause: 'active', blockId: active.blockId };
  }
  const late = facts.spans.find((span) => covers(span, facts.timestamp));
  if (late !== undefined) {
    return { cause: 'late', blockId: late.blockId };
  }
  const last = facts.spans.at(-1);
  return facts.wasDropped && last !== undefined
    ? { cause: 'redelivered', blockId: last.blockId }
    : null;
};

/** Judges one inbound item for all contacts that have or had an identity of its person. */
export const decideInbound = <Item>(
  tx: Tx,
  item: Item,
  contacts: readonly string[],
  facts: InboundFacts,
): InboundVerdict<Item> => {
  const drop = dropCause(facts);
  return drop === null
    ? { kind: 'pass', passed: issue(tx, item, contacts) }
    : { kind: 'drop', ...drop };
};

/** Whether an outbound item must be refused: a block now, or one since the item was accepted (epoch). Pure. */
export const isRefused = (facts: OutboundFacts): boolean =>
  facts.isBlocked || (facts.acceptedEpoch !== null && facts.acceptedEpoch !== facts.epoch);

/**
 * Judges one outbound item, when it is accepted and again when it is about to leave.
 * @param way null for what asks about something and sends nothing
 */
export const decideOutbound = <Item>(
  tx: Tx,
  item: Item,
  contactId: string,
  facts: OutboundFacts,
  way: WayToSend | null,
): OutboundVerdict<Item> =>
  isRefused(facts)
    ? { kind: 'refuse', code: 'contact-blocked' }
    : { kind: 'pass', passed: issue(tx, item, [contactId], { epoch: facts.epoch, way }) };
