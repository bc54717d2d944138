import { enqueueSync } from '#features/templates/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { type Account, insertAccount, insertChannel } from './store.ts';

export interface NumberInput extends Omit<Account, 'workspaceId' | 'channelId'> {
  readonly name: string;
  /** Digits only. */
  readonly displayNumber: string;
}

/**
 * Connects a business number to the workspace, and has its templates read.
 * @returns the channel's id
 */
export const connectNumber = async (ctx: Ctx, input: NumberInput): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const id = newId();
  await insertChannel(ctx.tx, {
    workspaceId,
    id,
    name: input.name,
    displayNumber: input.displayNumber,
  });
  await insertAccount(ctx.tx, { ...input, workspaceId, channelId: id });
  await enqueueSync(ctx.tx, { workspaceId, channelId: id });
  return id;
};
