import type { Deps } from '#platform/server/deps.ts';
import type { Account } from './account.ts';
import { findStoredAccounts } from './account-queries.ts';
import { openSecrets } from './account-secrets.ts';

/**
 * Reads every number that is connected, opened. One whose secrets do not open is left out, and said once: the others
 * must not stand still for it.
 */
export const createAccountsReader = (deps: Deps): (() => Promise<Account[]>) => {
  const said = new Set<string>();
  const open = (stored: Account): Account | undefined => {
    const account = openSecrets(deps.keyed, stored);
    if (account === undefined && !said.has(stored.channelId)) {
      said.add(stored.channelId);
      const { channelId } = stored;
      deps.log.error({ channelId }, 'the secrets of a channel do not open; give them again');
    }
    return account;
  };
  return async () => (await findStoredAccounts(deps.db)).flatMap((stored) => open(stored) ?? []);
};

/** Whether any number of this installation has this app secret. */
export const usesAppSecret = async (deps: Deps, appSecret: string): Promise<boolean> =>
  (await findStoredAccounts(deps.db)).some(
    (stored) => openSecrets(deps.keyed, stored)?.appSecret === appSecret,
  );
