import type { TemplateChangeItem, TemplatesAnswer } from '#channels/channel.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { enqueueSync } from './job-names.ts';
import { findAllChannels, hasChannel } from './template-queries.ts';
import {
  type ChannelRef,
  changeTemplate,
  markFailed,
  markRead,
  replaceTemplates,
} from './template-store.ts';

/** Keeps a whole read; one that began before another that is stored already changes nothing. */
export const keepTemplates = async (
  ctx: Ctx,
  ref: ChannelRef,
  { accountRef, templates }: Extract<TemplatesAnswer, { kind: 'read' }>,
  readAt: Date,
): Promise<void> => {
  if ((await hasChannel(ctx.tx, ref)) && (await markRead(ctx.tx, ref, accountRef, readAt))) {
    await replaceTemplates(ctx.tx, ref.workspaceId, accountRef, templates);
  }
};

/** What is known of the templates stays: a read that failed says nothing of them. */
export const noteFailedRead = async (ctx: Ctx, ref: ChannelRef, code: string): Promise<void> => {
  if (await hasChannel(ctx.tx, ref)) {
    await markFailed(ctx.tx, ref, code.slice(0, 100));
  }
};

export const enqueueAllSyncs = async (ctx: Ctx): Promise<void> => {
  for (const ref of await findAllChannels(ctx.tx)) {
    await enqueueSync(ctx.tx, ref);
  }
};

/** @throws AppError channel-not-found */
export const requestSync = async (ctx: Ctx, channelId: string): Promise<void> => {
  const ref = { workspaceId: ctx.actor.workspaceId, channelId };
  if (!(await hasChannel(ctx.tx, ref))) {
    throw notFound('channel');
  }
  await enqueueSync(ctx.tx, ref);
};

/** Changes that come together are read once, and not before WhatsApp has them everywhere. */
const settleMs = 2_000;

/** What webhooks tell of templates holds at once; the whole is read again, which also finds what they did not tell. */
export const applyTemplateChanges = async (
  ctx: Ctx,
  items: readonly TemplateChangeItem[],
): Promise<void> => {
  for (const item of items) {
    await changeTemplate(ctx.tx, item);
  }
  const channels = new Map(items.map((item) => [item.channelId, item]));
  const inOrder = [...channels.values()].sort((a, b) => (a.channelId < b.channelId ? -1 : 1));
  for (const { workspaceId, channelId } of inOrder) {
    await enqueueSync(ctx.tx, { workspaceId, channelId }, new Date(Date.now() + settleMs));
  }
};
