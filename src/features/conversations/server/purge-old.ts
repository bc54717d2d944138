import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { forgetOldEarly } from './actions/early-action-store.ts';
import { purgeMessages } from './purge-messages.ts';
import { findOldMessages, findRetentions, forgetPurged, setRetention } from './purge-store.ts';

const atOnce = 200;

export interface Purged {
  readonly purged: number;
  /** The conversation to go on from. */
  readonly last: string | null;
}

export const listRetentions = async (
  ctx: Ctx,
): Promise<{ workspaceId: string; days: number }[]> => {
  await forgetPurged(ctx.tx);
  await forgetOldEarly(ctx.tx);
  return findRetentions(ctx.tx);
};

/**
 * Purges some of what is older than so many days, from one conversation on. Audited with it: a purge that is cut short
 * has told of all that it took.
 */
export const purgeSome = async (ctx: Ctx, days: number, from: string | null): Promise<Purged> => {
  const { workspaceId } = ctx.actor;
  const old = await findOldMessages(ctx.tx, workspaceId, days, from, atOnce);
  const purged = await purgeMessages(
    ctx,
    old.map(({ id }) => id),
  );
  if (purged > 0) {
    await audit(ctx, {
      action: 'conversations.messages-purged',
      subject: { kind: 'workspace', id: workspaceId },
      details: { days, messages: purged },
    });
  }
  return { purged, last: old.at(-1)?.conversationId ?? from };
};

/** How long messages and their files are kept; null for ever. Takes effect the next night. */
export const changeRetention = async (ctx: Ctx, days: number | null): Promise<void> => {
  requireCan(ctx.actor, 'settings.manage');
  const { workspaceId } = ctx.actor;
  await setRetention(ctx.tx, workspaceId, days);
  await audit(ctx, {
    action: 'conversations.retention-changed',
    subject: { kind: 'workspace', id: workspaceId },
    details: { days },
  });
};
