import { checkGateStored, type Passed } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { LinkCard } from '../../contract.ts';
import { findMessage, lockMessage, type MessageState } from '../message-store.ts';
import { firstLinkOf } from './link-card-jobs.ts';
import { saveLinkCard } from './link-card-store.ts';

export interface JudgedLink {
  readonly link: string;
  readonly passed: Passed<MessageState>;
}

/** Contact locked, gate asked, then the message looked at under its own lock. */
export const judgeLink = async (ctx: Ctx, messageId: string): Promise<JudgedLink | undefined> => {
  const { workspaceId } = ctx.actor;
  const before = await findMessage(ctx.tx, workspaceId, messageId);
  if (before === undefined || before.errorCode === 'contact-blocked') {
    return undefined;
  }
  // A block since the message came counts, also one that has ended (G4).
  const verdict = await checkGateStored(ctx, before.contactId, before, before.at);
  const message = await lockMessage(ctx.tx, workspaceId, messageId);
  const link = firstLinkOf(message?.text ?? null);
  const isAlive =
    message?.kind === 'text' && message.revokedAt === null && message.withheld === null;
  // Merged meanwhile: a card is not worth another try.
  const isThere = message?.contactId === before.contactId;
  return verdict.kind === 'pass' && isAlive && isThere && link !== undefined
    ? { link, passed: verdict.passed }
    : undefined;
};

/** Keeps the card, unless gate or text say otherwise by now. */
export const keepLinkCard = async (ctx: Ctx, messageId: string, card: LinkCard): Promise<void> => {
  const judged = await judgeLink(ctx, messageId);
  if (judged?.link === card.url) {
    await saveLinkCard(ctx.tx, judged.passed, card);
    ctx.notices.add(ctx.actor.workspaceId, 'message', messageId);
  }
};
