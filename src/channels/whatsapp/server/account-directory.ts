import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';

/** How long a process goes by the accounts it read: a changed secret is known everywhere within this time. */
export const freshForMs = 5_000;
/** An unknown number makes it read again, but no more often than this. */
const missPauseMs = 500;
/** Whoever invents numbers holds up no more requests than this; beyond it what is known is the answer. */
const mostWaiting = 64;

/** The numbers of this installation, read once in a while: every webhook asks. */
export interface AccountDirectory {
  all(): Promise<readonly Account[]>;
  /** Those of these numbers that are connected; one wait for all of a webhook. */
  byNumberIds(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, Account>>;
  byChannel(channelId: string): Promise<Account | undefined>;
  findWhere(isWanted: (account: Account) => boolean): Promise<Account | undefined>;
}

interface Known {
  readonly accounts: readonly Account[];
  /** When the read began: what was connected later is not in it. */
  readonly askedAt: number;
}

/** One read at a time, however many ask, and a pause between two that only unknown numbers ask for. */
const createReader = (findAccounts: () => Promise<readonly Account[]>) => {
  let known: Known = { accounts: [], askedAt: Number.NEGATIVE_INFINITY };
  let reading: Promise<Known> | undefined;
  let next: Promise<Known> | undefined;

  const read = async (): Promise<Known> => {
    const askedAt = performance.now();
    known = { accounts: await findAccounts(), askedAt };
    return known;
  };
  const refresh = (): Promise<Known> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const refreshAfterPause = async (): Promise<Known> => {
    await reading?.catch(() => undefined);
    await sleep(Math.max(0, known.askedAt + missPauseMs - performance.now()));
    next = undefined;
    // One that began during the pause may have begun before the last who waits came.
    await reading?.catch(() => undefined);
    return refresh();
  };
  return {
    known: () => known,
    refresh,
    /** A read that begins after this call. */
    readAnew: (): Promise<Known> => {
      next ??= refreshAfterPause();
      return next;
    },
  };
};

/** @param findAccounts reads them all */
export const createAccountDirectory = (
  findAccounts: () => Promise<readonly Account[]>,
): AccountDirectory => {
  const reader = createReader(findAccounts);
  let waiting = 0;

  const readFresh = async (): Promise<Known> => {
    const known = reader.known();
    return performance.now() - known.askedAt > freshForMs ? reader.refresh() : known;
  };
  /** Reads until nothing is missing, or the read began after the question: a miss is never answered by an older one. */
  const find = async <T>(
    pick: (accounts: readonly Account[]) => T,
    isComplete: (picked: T) => boolean,
  ): Promise<T> => {
    const askedAt = performance.now();
    const known = await readFresh();
    const picked = pick(known.accounts);
    if (isComplete(picked) || known.askedAt >= askedAt || waiting >= mostWaiting) {
      return picked;
    }
    waiting += 1;
    try {
      return pick((await reader.readAnew()).accounts);
    } finally {
      waiting -= 1;
    }
  };
  const findWhere = (isWanted: (account: Account) => boolean) =>
    find(
      (accounts) => accounts.find(isWanted),
      (found) => found !== undefined,
    );
  return {
    all: async () => (await readFresh()).accounts,
    byNumberIds: (ids) =>
      find(
        (accounts) =>
          new Map(
            accounts
              .filter(({ phoneNumberId }) => ids.has(phoneNumberId))
              .map((account) => [account.phoneNumberId, account]),
          ),
        (found) => found.size === ids.size,
      ),
    byChannel: (id) => findWhere(({ channelId }) => channelId === id),
    findWhere,
  };
};
