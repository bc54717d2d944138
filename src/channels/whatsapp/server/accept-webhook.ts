import { receiveItems } from '#features/conversations/server/index.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { AppError, isDatabaseAwayError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { InboundItem } from '../../channel.ts';
import { withoutContent } from './without-content.ts';

/** At most so many items in one transaction, unless one webhook alone has more. */
const batchSize = 400;
/** With more than this waiting, memory would grow: WhatsApp is asked to come again. */
const mostWaiting = 20_000;

interface Waiting {
  readonly items: readonly InboundItem[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Takes the items of verified webhooks; resolves when they are judged and stored. */
export interface Ingest {
  /** @throws AppError unavailable (503) when nothing could be decided */
  submit(items: readonly InboundItem[]): Promise<void>;
  /** Resolves when nothing is waiting any more. */
  drained(): Promise<void>;
}

/** The system receives for all workspaces at once: the nil id belongs to none. */
const everyWorkspace = '00000000-0000-0000-0000-000000000000';

/** The whole item, or else its bare fact: that something came which could not be stored, and why. */
const storeAlone = async (deps: Deps, item: InboundItem): Promise<void> => {
  const store = (one: InboundItem) =>
    inTx(deps, systemActor(item.workspaceId), (ctx) => receiveItems(ctx, [one]));
  try {
    await store(item);
  } catch (error) {
    if (isDatabaseAwayError(error)) {
      throw error;
    }
    deps.log.error({ err: error, type: item.type }, 'an item was stored without its content');
    await store(withoutContent(item, error));
  }
};

const storeOneByOne = async (deps: Deps, waiting: Waiting): Promise<void> => {
  try {
    for (const item of waiting.items) {
      await storeAlone(deps, item);
    }
    waiting.resolve();
  } catch (error) {
    deps.log.error({ err: error }, 'a webhook could not be stored');
    waiting.reject(new AppError('unavailable', 503));
  }
};

const storeBatch = async (deps: Deps, batch: readonly Waiting[]): Promise<void> => {
  const items = batch.flatMap((waiting) => waiting.items);
  try {
    await inTx(deps, systemActor(everyWorkspace), (ctx) => receiveItems(ctx, items));
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

/**
 * Group commit: what arrives while a transaction commits goes into the next one. No timer: a lone webhook waits for
 * nobody, sixty at once share one commit.
 */
export const createIngest = (deps: Deps): Ingest => {
  let queue: Waiting[] = [];
  let waitingItems = 0;
  let running: Promise<void> | undefined;

  const takeBatch = (): Waiting[] => {
    let count = 0;
    const end = queue.findIndex((waiting, index) => {
      count += waiting.items.length;
      return index > 0 && count > batchSize;
    });
    const batch = end === -1 ? queue : queue.slice(0, end);
    queue = end === -1 ? [] : queue.slice(end);
    return batch;
  };
  const run = async (): Promise<void> => {
    // One turn of the event loop: requests that are readable now join the first batch.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const batch = takeBatch();
      await storeBatch(deps, batch);
      waitingItems -= batch.reduce((sum, waiting) => sum + waiting.items.length, 0);
    }
    running = undefined;
  };
  return {
    submit: (items) => {
      if (waitingItems + items.length > mostWaiting && waitingItems > 0) {
        return Promise.reject(new AppError('busy', 503));
      }
      waitingItems += items.length;
      return new Promise((resolve, reject) => {
        queue.push({ items, resolve, reject });
        running ??= run();
      });
    },
    drained: async () => {
      await running;
    },
  };
};
