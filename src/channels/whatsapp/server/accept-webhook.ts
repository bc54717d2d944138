import { setTimeout as sleep } from 'node:timers/promises';
import { prepareItems, receiveItems } from '#features/conversations/server/index.ts';
import { LookupNeededError } from '#features/gate/server/index.ts';
import { type Actor, type Deps, systemActor } from '#platform/server/deps.ts';
import {
  AppError,
  isDatabaseAwayError,
  isRetryableTransactionError,
} from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import type { InboundItem } from '../../channel.ts';
import { type BodiesInFlight, createBodiesInFlight } from './bodies-in-flight.ts';
import { type Batch, createWaitingLine, type Entry } from './waiting-line.ts';
import { substituteFor } from './without-content.ts';

/** At most so many items in one transaction, unless one webhook alone has more. */
const batchSize = 400;
/** A transaction that takes longer than this waits for somebody's lock: whoever else has written is stored beside it. */
const stuckAfterMs = 100;
/** Transactions at a time, the stuck ones among them: each holds a connection. */
const mostLanes = 4;
/**
 * A webhook with more is stored piece by piece. A whole address book fits into 3 MB, each entry takes two locks, and a
 * PostgreSQL as it comes has room for some 6,400.
 */
const largestPiece = 1_000;
/** With more than this waiting, memory would grow: WhatsApp is asked to come again. */
const mostWaiting = 20_000;
const mostWaitingBytes = 64 * 1024 * 1024;

interface Waiting extends Entry {
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What the queue of this process holds now, and what became of webhooks since it started. */
export interface IngestFigures {
  waitingItems: number;
  waitingBytes: number;
  items: number;
  batches: number;
  refused: number;
  failed: number;
}

/** Takes the items of verified webhooks; resolves when they are judged and stored. */
export interface Ingest {
  /**
   * @param bytes of the webhook they came in
   * @throws AppError busy (503) when too much waits already, unavailable (503) when nothing could be decided
   */
  submit(items: readonly InboundItem[], bytes?: number): Promise<void>;
  /** Resolves when nothing is waiting any more. */
  drained(): Promise<void>;
  readonly figures: Readonly<IngestFigures>;
  /** Room for bodies that are read or wait for their answer. */
  readonly bodies: BodiesInFlight;
}

const pauseMs = 200;

/**
 * One transaction; again when a number of somebody new had to be stretched first, which is done outside of it. What cannot be
 * stretched is not stored either, and WhatsApp comes again.
 */
const receive = async (deps: Deps, actor: Actor, items: readonly InboundItem[]): Promise<void> => {
  const once = () => inTx(deps, actor, (ctx) => receiveItems(ctx, items));
  try {
    await once();
  } catch (error) {
    if (!(error instanceof LookupNeededError)) {
      throw error;
    }
    await prepareItems(deps, items);
    await once();
  }
};

/** One item in a transaction of its own; what passes by itself is given time to. */
const storeItem = async (deps: Deps, item: InboundItem): Promise<void> => {
  const store = () => receive(deps, systemActor(item.workspaceId), [item]);
  try {
    await store();
  } catch (error) {
    if (!isRetryableTransactionError(error)) {
      throw error;
    }
    await sleep(pauseMs);
    await store();
  }
};

/**
 * The whole item, or else what may be stored instead of it. Only what its own data makes impossible is given up: a
 * mistake of ours, or a database in trouble, must not cost a message its content, since WhatsApp comes again.
 */
const storeAlone = async (deps: Deps, item: InboundItem): Promise<void> => {
  try {
    await storeItem(deps, item);
  } catch (error) {
    const instead = substituteFor(item, error);
    if (instead === undefined) {
      throw error;
    }
    deps.log.error({ err: error, type: item.type }, 'an item was stored without its content');
    await storeAlone(deps, instead);
  }
};

/** Every item gets its turn, also after one that failed: what is stored now is recognised when WhatsApp comes again. */
const storeOneByOne = async (deps: Deps, waiting: Waiting): Promise<void> => {
  let isLost = false;
  for (const item of waiting.items) {
    try {
      await storeAlone(deps, item);
    } catch (error) {
      isLost = true;
      deps.log.error({ err: error, type: item.type }, 'an item could not be stored');
      if (isDatabaseAwayError(error)) {
        break;
      }
    }
  }
  if (isLost) {
    waiting.reject(new AppError('unavailable', 503));
  } else {
    waiting.resolve();
  }
};

const storeBatch = async (deps: Deps, batch: readonly Waiting[]): Promise<void> => {
  const items = batch.flatMap((waiting) => waiting.items);
  try {
    await receive(deps, systemActor(everyWorkspace), items);
    for (const waiting of batch) {
      waiting.resolve();
    }
  } catch (error) {
    if (isDatabaseAwayError(error)) {
      deps.log.warn({ err: error }, 'the database is away: webhooks are refused');
      for (const waiting of batch) {
        waiting.reject(new AppError('unavailable', 503));
      }
      return;
    }
    // One bad item must not hold the others.
    deps.log.warn({ err: error, items: items.length }, 'a batch is stored item by item');
    for (const waiting of batch) {
      await storeOneByOne(deps, waiting);
    }
  }
};

const piecesOf = (items: readonly InboundItem[]): (readonly InboundItem[])[] => {
  const pieces = [items.slice(0, largestPiece)];
  for (let from = largestPiece; from < items.length; from += largestPiece) {
    pieces.push(items.slice(from, from + largestPiece));
  }
  return pieces;
};

/** Waits for every one of them, also after one that failed. */
const allOf = async (stored: readonly Promise<void>[]): Promise<void> => {
  await Promise.allSettled(stored);
  await Promise.all(stored);
};

/**
 * Group commit: what arrives while a transaction commits goes into the next one. No timer: a lone webhook waits for
 * nobody, sixty at once share one commit. One that is stuck keeps nobody else waiting; what is about one person is stored in
 * the order in which it came.
 */
export const createIngest = (deps: Deps): Ingest => {
  const line = createWaitingLine<Waiting>(batchSize);
  const figures = { waitingItems: 0, waitingBytes: 0, items: 0, batches: 0, refused: 0, failed: 0 };
  /** Of each transaction that is under way, whether it is stuck: only its own timer says so, whose time no other clock shares. */
  const lanes = new Map<symbol, boolean>();
  const running = new Set<Promise<void>>();

  const mayOpenLane = (): boolean =>
    lanes.size < mostLanes && [...lanes.values()].every((isStuck) => isStuck);
  const storeNext = async (lane: symbol, batch: Batch<Waiting>): Promise<void> => {
    lanes.set(lane, false);
    const isLate = setTimeout(() => {
      lanes.set(lane, true);
      wake();
    }, stuckAfterMs);
    try {
      await storeBatch(deps, batch.entries);
    } finally {
      clearTimeout(isLate);
      batch.end();
    }
    figures.batches += 1;
    for (const { items, bytes } of batch.entries) {
      figures.items += items.length;
      figures.waitingItems -= items.length;
      figures.waitingBytes -= bytes;
    }
  };
  const runLane = async (): Promise<void> => {
    const lane = Symbol('lane');
    lanes.set(lane, false);
    try {
      // One turn of the event loop: requests that are readable now join the first batch.
      await new Promise(setImmediate);
      for (let batch = line.take(); batch !== undefined; batch = line.take()) {
        await storeNext(lane, batch);
      }
    } finally {
      // In the same turn as the last look at the line: whoever comes next wakes another.
      lanes.delete(lane);
    }
  };
  const wake = (): void => {
    if (mayOpenLane()) {
      const run = runLane().finally(() => running.delete(run));
      running.add(run);
    }
  };
  const isFull = (items: number, bytes: number): boolean =>
    figures.waitingItems > 0 &&
    (figures.waitingItems + items > mostWaiting || figures.waitingBytes + bytes > mostWaitingBytes);
  return {
    figures,
    bodies: createBodiesInFlight(),
    submit: (items, bytes = 0) => {
      if (isFull(items.length, bytes)) {
        figures.refused += 1;
        return Promise.reject(new AppError('busy', 503));
      }
      figures.waitingItems += items.length;
      figures.waitingBytes += bytes;
      const pieces = piecesOf(items).map(
        (piece, index, { length }) =>
          new Promise<void>((resolve, reject) => {
            // They are held until the last piece is stored.
            line.add({ items: piece, bytes: index === length - 1 ? bytes : 0, resolve, reject });
          }),
      );
      wake();
      const stored = allOf(pieces);
      stored.catch(() => {
        figures.failed += 1;
      });
      return stored;
    },
    drained: async () => {
      await Promise.all(running);
    },
  };
};
