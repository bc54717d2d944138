import { requireCan } from '#features/accounts/server/index.ts';
import { enqueueCheck } from '#features/gate/server/index.ts';
import { enqueueSync } from '#features/templates/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Account } from './account.ts';
import { sealSecrets } from './account-secrets.ts';
import { insertChannel, takeFormerChannel } from './number-store.ts';
import { insertAccount } from './store.ts';

export interface NumberInput extends Omit<Account, 'workspaceId' | 'channelId' | 'portfolioId'> {
  readonly name: string;
  /** Digits only. */
  readonly displayNumber: string;
}

/**
 * Connects a business number to the workspace, and has its templates read; one that it had before goes on as the channel
 * that it was.
 * @returns the channel's id
 * @throws AppError number-already-connected (409), here or in another workspace: which is not told
 */
export const connectNumber = async (ctx: Ctx, input: NumberInput): Promise<string> => {
  requireCan(ctx.actor, 'channel.manage');
  const { workspaceId } = ctx.actor;
  const former = await takeFormerChannel(ctx.tx, workspaceId, input.phoneNumberId, input);
  const channelId = former ?? newId();
  const place = { workspaceId, channelId };
  if (former === undefined) {
    const { name, displayNumber } = input;
    await insertChannel(ctx.tx, { ...place, name, displayNumber });
  }
  const account = { ...input, ...place };
  const sealed = { ...account, ...sealSecrets(ctx.keyed, place, account) };
  if (!(await insertAccount(ctx.tx, sealed))) {
    throw new AppError('number-already-connected', 409);
  }
  await audit(ctx, {
    action: 'channels.number-connected',
    subject: { kind: 'channel', id: channelId },
    details: { isAgain: former !== undefined },
  });
  await enqueueSync(ctx.tx, place);
  if (former !== undefined) {
    // Blocks were made and lifted meanwhile.
    await enqueueCheck(ctx.tx, place);
  }
  return channelId;
};
