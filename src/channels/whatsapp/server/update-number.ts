import { requireCan } from '#features/accounts/server/index.ts';
import { enqueueCheck } from '#features/gate/server/index.ts';
import { enqueueSync } from '#features/templates/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { Account } from './account.ts';
import { freshForMs } from './account-directory.ts';
import { type AccountSecrets, openSecrets, sealSecrets } from './account-secrets.ts';
import { removeAccount, renameChannel, saveBusinessAccount } from './number-store.ts';
import { lockStoredAccount, saveSecrets } from './store.ts';

export interface NumberChange {
  readonly name?: string | undefined;
  readonly wabaId?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly appSecret?: string | undefined;
  readonly verifyToken?: string | undefined;
}

/** Those given, and for the rest those kept. */
const secretsAfter = (kept: Account | undefined, change: NumberChange): AccountSecrets => {
  const accessToken = change.accessToken ?? kept?.accessToken;
  const appSecret = change.appSecret ?? kept?.appSecret;
  const verifyToken = change.verifyToken ?? kept?.verifyToken;
  if (accessToken === undefined || appSecret === undefined || verifyToken === undefined) {
    throw new AppError('secrets-needed', 422);
  }
  return { accessToken, appSecret, verifyToken };
};

/**
 * Gives a connected number another name, account, token or secret; its templates are read anew where they may be others, and
 * its block list where what a token was in the way of may be asked by now.
 * @throws AppError channel-not-found; secrets-needed when not all are given and those kept do not open
 */
export const updateNumber = async (
  ctx: Ctx,
  channelId: string,
  change: NumberChange,
): Promise<void> => {
  requireCan(ctx.actor, 'channel.manage');
  const place = { workspaceId: ctx.actor.workspaceId, channelId };
  const stored = await lockStoredAccount(ctx.tx, place);
  if (stored === undefined) {
    throw notFound('channel');
  }
  if (change.name !== undefined) {
    await renameChannel(ctx.tx, place, change.name);
  }
  if (change.wabaId !== undefined) {
    await saveBusinessAccount(ctx.tx, place, change.wabaId);
  }
  // Not before every process goes by the new ones: the old ones would end a reading without a result, or with another account's.
  const known = new Date(Date.now() + freshForMs + 1_000);
  if (change.wabaId !== undefined || change.accessToken !== undefined) {
    await enqueueSync(ctx.tx, place, known);
  }
  if (change.accessToken !== undefined) {
    await enqueueCheck(ctx.tx, place, known);
  }
  const { accessToken, appSecret, verifyToken } = change;
  if (accessToken !== undefined || appSecret !== undefined || verifyToken !== undefined) {
    const secrets = secretsAfter(openSecrets(ctx.keyed, stored), change);
    await saveSecrets(ctx.tx, place, sealSecrets(ctx.keyed, place, secrets));
  }
  await audit(ctx, {
    action: 'channels.number-updated',
    subject: { kind: 'channel', id: channelId },
    // What was changed, never to what.
    details: Object.fromEntries(Object.keys(change).map((field) => [field, true])),
  });
};

/**
 * Forgets the number's secrets; nothing comes in or leaves any more, its history stays.
 * @throws AppError channel-not-found
 */
export const disconnectNumber = async (ctx: Ctx, channelId: string): Promise<void> => {
  requireCan(ctx.actor, 'channel.manage');
  if (!(await removeAccount(ctx.tx, { workspaceId: ctx.actor.workspaceId, channelId }))) {
    throw notFound('channel');
  }
  await audit(ctx, {
    action: 'channels.number-disconnected',
    subject: { kind: 'channel', id: channelId },
  });
};
