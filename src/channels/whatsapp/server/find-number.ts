import type { Actor, Deps } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { WhatsAppNumber } from '../contract.ts';
import type { Account } from './account.ts';
import { findStoredAccount } from './account-queries.ts';
import { openSecrets } from './account-secrets.ts';
import type { CheckInput } from './check-number.ts';
import { findNumbers } from './number-queries.ts';
import { viewNumber } from './view-number.ts';

/** @throws AppError channel-not-found */
export const findNumber = async (deps: Deps, actor: Actor, id: string): Promise<WhatsAppNumber> => {
  const [row] = await findNumbers(deps.db, actor.workspaceId, id);
  if (row === undefined) {
    throw notFound('channel');
  }
  return viewNumber(deps.keyed, row);
};

/** @throws AppError channel-not-found; secrets-needed when they do not open */
export const findAccount = async (
  deps: Deps,
  actor: Actor,
  channelId: string,
): Promise<Account> => {
  const { workspaceId } = actor;
  const stored = await findStoredAccount(deps.db, { workspaceId, channelId });
  if (stored === undefined) {
    throw notFound('channel');
  }
  const account = openSecrets(deps.keyed, stored);
  if (account === undefined) {
    throw new AppError('secrets-needed', 422);
  }
  return account;
};

/** What was typed, and where nothing was typed what is kept. */
export const completed = async (
  deps: Deps,
  actor: Actor,
  id: string | undefined,
  typed: CheckInput,
): Promise<CheckInput> => {
  if (id === undefined) {
    return typed;
  }
  const { workspaceId } = actor;
  const stored = await findStoredAccount(deps.db, { workspaceId, channelId: id });
  if (stored === undefined) {
    throw notFound('channel');
  }
  const kept = openSecrets(deps.keyed, stored);
  return {
    phoneNumberId: stored.phoneNumberId,
    wabaId: typed.wabaId ?? stored.wabaId,
    accessToken: typed.accessToken ?? kept?.accessToken,
    appSecret: typed.appSecret ?? kept?.appSecret,
  };
};
