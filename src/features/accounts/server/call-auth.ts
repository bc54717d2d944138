import {
  getCurrentAuthContextAsyncLocalStorage,
  getCurrentDBAdapterAsyncLocalStorage,
  getRequestStateAsyncLocalStorage,
} from '@better-auth/core/context';
import type { Deps } from '#platform/server/deps.ts';
import { type Auth, authOf } from './auth.ts';

/** Calls of better-auth that have not ended, of this process. */
let underWay = 0;

const disable = (storage: object): void => {
  if ('disable' in storage && typeof storage.disable === 'function') {
    storage.disable();
  }
};

/**
 * Node 20 follows every promise of the process, at about the price of the promise itself, from the first store of an
 * AsyncLocalStorage on until the last of them is disabled; better-auth has three, and enables each again when it needs it
 * (docs/decisions/0062-promises-are-not-followed.md).
 */
const stopFollowingPromises = async (): Promise<void> => {
  const storages = await Promise.all([
    getRequestStateAsyncLocalStorage(),
    getCurrentAuthContextAsyncLocalStorage(),
    getCurrentDBAdapterAsyncLocalStorage(),
  ]);
  if (underWay === 0) {
    storages.forEach(disable);
  }
};

/**
 * The way to better-auth's functions: what it needs for the time of a call costs nobody anything afterwards.
 * @returns what the call returns; its errors are thrown on
 */
export const callAuth = async <T>(
  deps: Deps,
  call: (api: Auth['api']) => Promise<T>,
): Promise<T> => {
  underWay += 1;
  try {
    return await call(authOf(deps).api);
  } finally {
    underWay -= 1;
    await stopFollowingPromises();
  }
};
