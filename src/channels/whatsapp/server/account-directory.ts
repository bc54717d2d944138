import type { Db } from '#platform/server/deps.ts';
import { type Account, findAccounts } from './store.ts';

/** How long a process goes by the accounts it read: a changed secret is known everywhere within this time. */
const freshForMs = 5_000;
/** An unknown number makes it read again, but no more often than this. */
const missPauseMs = 500;

/** The numbers of this installation, read once in a while: every webhook asks. */
export interface AccountDirectory {
  all(): Promise<readonly Account[]>;
  byNumberId(phoneNumberId: string): Promise<Account | undefined>;
  byChannel(channelId: string): Promise<Account | undefined>;
}

export const createAccountDirectory = (db: Db): AccountDirectory => {
  let accounts: readonly Account[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    accounts = await findAccounts(db);
    readAt = performance.now();
  };
  /** One read at a time, however many ask. */
  const refresh = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const find = async (isWanted: (account: Account) => boolean): Promise<Account | undefined> => {
    if (performance.now() - readAt > freshForMs) {
      await refresh();
    }
    const known = accounts.find(isWanted);
    if (known === undefined && performance.now() - readAt > missPauseMs) {
      await refresh();
      return accounts.find(isWanted);
    }
    return known;
  };
  return {
    all: async () => {
      await find(() => true);
      return accounts;
    },
    byNumberId: (id) => find((account) => account.phoneNumberId === id),
    byChannel: (id) => find((account) => account.channelId === id),
  };
};
