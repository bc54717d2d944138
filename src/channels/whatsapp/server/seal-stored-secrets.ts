import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { isSealed } from '#platform/server/sealed-text.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { sealSecret } from './account-secrets.ts';
import { lockPlainAccounts, saveSecrets } from './store.ts';

/**
 * Seals what was stored before secrets were: a migration does not know the secret, so the server does it when it starts.
 * Processes that start together wait for one another; whoever comes later finds nothing left to do.
 */
export const sealStoredSecrets = (deps: Deps): Promise<number> =>
  inTx(deps, systemActor(everyWorkspace), async ({ tx, keyed }) => {
    const plain = await lockPlainAccounts(tx);
    for (const account of plain) {
      const sealed = (name: 'accessToken' | 'appSecret' | 'verifyToken'): string =>
        isSealed(account[name]) ? account[name] : sealSecret(keyed, account, name, account[name]);
      await saveSecrets(tx, account, {
        accessToken: sealed('accessToken'),
        appSecret: sealed('appSecret'),
        verifyToken: sealed('verifyToken'),
      });
    }
    if (plain.length > 0) {
      deps.log.info({ accounts: plain.length }, 'secrets of channels are sealed now');
    }
    return plain.length;
  });
