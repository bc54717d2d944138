import {
  type Block,
  type CertainBlock,
  type Item,
  isInside,
  overlaps,
  type Person,
  type Records,
  type Span,
  toWall,
} from './records.ts';

/**
 * What real-time order proves, and nothing more. An operation took effect at some moment between its request and its
 * answer; two that overlap may have come in either order.
 */

/** Slack between the database's clock and ours, which is the same machine's. */
const clockSlackMs = 60;

const after = (blocks: readonly Block[], block: Block): Block[] =>
  blocks.filter((other) => other.to >= block.from);

/** From the block's answer on, until somebody asked to lift it, or some end of it may have come. */
const certainOf = (records: Records, own: readonly Block[], block: Block): CertainBlock | null => {
  const unblocks = records.unblocks.filter((u) => u.person === block.person);
  if (unblocks.some((u) => overlaps(u, block))) {
    return null;
  }
  const lifts = unblocks.filter((u) => u.from > block.to).map((u) => u.from);
  // A later block of one that is active edits its end.
  const ends = after(own, block).flatMap((b) =>
    b.expiresAt === null ? [] : [b.expiresAt - clockSlackMs],
  );
  const to = Math.min(Number.POSITIVE_INFINITY, ...lifts, ...ends);
  return to <= block.to
    ? null
    : { from: block.to, to, stillOnWire: new Set(block.stillOnWire), skipsWire: false };
};

/** From the block's request on, until a later unblock was answered, or its own end has surely come. */
const possibleOf = (records: Records, block: Block): Span => {
  const lifts = records.unblocks
    .filter((u) => u.person === block.person && u.status === 200 && u.from > block.to)
    .map((u) => u.to);
  const end = block.expiresAt === null ? Number.POSITIVE_INFINITY : block.expiresAt + clockSlackMs;
  return { from: block.from, to: Math.min(end, ...lifts) };
};

export interface Intervals {
  readonly certain: readonly CertainBlock[];
  readonly possible: readonly Span[];
}

export const intervalsOf = (records: Records, person: Person): Intervals => {
  const own = records.blocks.filter((b) => b.person === person);
  const good = own.filter((b) => b.status === 200);
  return {
    certain: [...person.surely, ...good.flatMap((b) => certainOf(records, own, b) ?? [])],
    possible: [...person.perhaps, ...own.map((b) => possibleOf(records, b))],
  };
};

export const insideWhich = (
  span: Span,
  intervals: readonly CertainBlock[],
): CertainBlock | undefined => intervals.find((interval) => isInside(span, interval));

export const touchesAny = (span: Span, spans: readonly Span[]): boolean =>
  spans.some((other) => overlaps(span, other));

/** The whole second lies inside the interval, by the wall clock. */
const holdsSecond = (interval: Span, second: number): boolean =>
  second * 1000 > toWall(interval.from) + clockSlackMs &&
  (second + 1) * 1000 < toWall(interval.to) - clockSlackMs;

/**
 * No delivery can have met an open gate; or one surely met a closed one, and was answered, before any that may have
 * met an open one came: what was dropped once stays dropped.
 */
const metClosedGateFirst = (item: Item, certain: readonly CertainBlock[]): boolean => {
  const closed = item.deliveries.filter((d) => insideWhich(d, certain) !== undefined);
  const open = item.deliveries.filter((d) => !closed.includes(d));
  return (
    (open.length === 0 && closed.length > 0) ||
    closed.some((c) => c.status === 200 && open.every((d) => d.from > c.to))
  );
};

/** Bears a second of a block, and no delivery of it began before that block stood. */
const isOfBlockedSecond = (item: Item, certain: readonly CertainBlock[]): boolean =>
  certain.some(
    (block) =>
      holdsSecond(block, item.timestamp) && item.deliveries.every((d) => d.from > block.from),
  );

export type Reason = 'during-a-block' | 'late';

/** Why this item must not have been admitted; undefined when order proves nothing. */
export const mustBeShutOut = (item: Item, { certain }: Intervals): Reason | undefined => {
  if (metClosedGateFirst(item, certain)) {
    return 'during-a-block';
  }
  return isOfBlockedSecond(item, certain) ? 'late' : undefined;
};

/** Neither a delivery of it nor the second it bears has anything to do with any block. */
export const mustBeAdmitted = (item: Item, { possible }: Intervals): boolean => {
  const second: Span = { from: item.timestamp * 1000 - 1_000, to: item.timestamp * 1000 + 2_000 };
  return (
    item.deliveries.length > 0 &&
    item.deliveries.every((d) => !touchesAny(d, possible)) &&
    possible.every((p) => !overlaps(second, { from: toWall(p.from), to: toWall(p.to) }))
  );
};
