import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { noteBlockEndedJob } from './job-names.ts';
import { findOpenBlock, liftBlock } from './store.ts';

/** Whoever notices it: it was the clock. */
const tell = async (ctx: Ctx, contactId: string, blockId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const maskedNumber = await findMaskedNumber(ctx.tx, workspaceId, contactId);
  const own: Ctx = { ...ctx, actor: systemActor(workspaceId) };
  await audit(own, {
    action: 'gate.block-ended',
    subject: { kind: 'contact', id: contactId },
    maskedNumber,
    details: { blockId, cause: 'clock' },
  });
  await publish(
    own,
    { type: 'contact.unblocked', data: { blockId, cause: 'clock' } },
    { contactId, maskedNumber, once: `block-end:${blockId}` },
  );
};

/**
 * Writes down that the clock had ended a block that is still open, tells whoever listens, and has it noted in the
 * conversations; whoever finds it first: the end's own job, another block, an import, a merge. The contact is locked.
 */
export const endByClock = async (ctx: Ctx, contactId: string, blockId: string): Promise<void> => {
  await liftBlock(ctx.tx, ctx.actor.workspaceId, blockId, 'clock');
  await tell(ctx, contactId, blockId);
  await enqueue(ctx.tx, noteBlockEndedJob, { workspaceId: ctx.actor.workspaceId, contactId });
};

/**
 * The contact is locked. Its block ended when it was to end (G9); from here on that is written down as well, and noted in
 * the conversations, once.
 */
export const writeDownEnd = async (ctx: Ctx, contactId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  if (open !== undefined && !open.isActive) {
    await endByClock(ctx, contactId, open.id);
  }
};
