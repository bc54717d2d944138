import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { stopQueuedJob } from './job-names.ts';
import { announceEnds } from './open-blocks.ts';
import { approveByBlocks } from './requests/close-request.ts';
import {
  changeJournaled,
  findBlocksById,
  insertJournaled,
  type JournaledBlock,
  liftJournaled,
  raiseEpoch,
  type StoredBlock,
} from './restore-store.ts';
import { findOpenBlock, liftBlock } from './store.ts';
import { askUpstream } from './upstream/ask-upstream.ts';
import { endByClock } from './write-down-end.ts';

/** What was done with the blocks of one contact. */
export interface RestoredBlocks {
  readonly blocked: number;
  readonly lifted: number;
}

const tell = async (
  ctx: Ctx,
  action: string,
  contactId: string,
  blockId: string,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  ctx.notices.add(workspaceId, 'contact', contactId);
  await audit(ctx, {
    action,
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, contactId),
    details: { blockId, cause: 'journal' },
  });
};

const sameTime = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();

const isOpen = ({ liftedAt }: JournaledBlock): boolean => liftedAt === null;

/** Null = without end. */
const endsLater = (a: Date | null, b: Date | null): boolean => b !== null && (a === null || a > b);

/** @returns whether it was lifted by this */
const liftKnown = async (ctx: Ctx, known: StoredBlock, liftedAt: Date): Promise<boolean> => {
  if (known.liftedAt !== null) {
    return false;
  }
  await liftJournaled(ctx.tx, ctx.actor.workspaceId, known.id, liftedAt);
  await tell(ctx, 'gate.lift-restored', known.contactId, known.id);
  await askUpstream(ctx, known.contactId, { isBlocking: false });
  return true;
};

const changeKnown = async (ctx: Ctx, known: StoredBlock, block: JournaledBlock): Promise<void> => {
  const isSame =
    known.reason === block.reason &&
    known.upstream === block.upstream &&
    sameTime(known.expiresAt, block.expiresAt);
  if (known.liftedAt === null && !isSame) {
    await changeJournaled(ctx.tx, ctx.actor.workspaceId, block);
    await announceEnds(ctx, [{ ...block, contactId: known.contactId }]);
    ctx.notices.add(ctx.actor.workspaceId, 'contact', known.contactId);
  }
};

/** @returns whether the contact is shut out by this */
const openMissing = async (
  ctx: Ctx,
  contactId: string,
  block: JournaledBlock,
): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  if (open?.isActive) {
    if (!endsLater(block.expiresAt, open.expiresAt)) {
      return false;
    }
    await liftBlock(ctx.tx, workspaceId, open.id, ctx.actor);
  } else if (open !== undefined) {
    await endByClock(ctx, contactId, open.id);
  }
  if (!(await insertJournaled(ctx.tx, workspaceId, contactId, block))) {
    return false;
  }
  await raiseEpoch(ctx.tx, workspaceId, contactId);
  await enqueue(ctx.tx, stopQueuedJob, { workspaceId, contactId });
  await announceEnds(ctx, [{ ...block, contactId }]);
  await tell(ctx, 'gate.block-restored', contactId, block.id);
  await approveByBlocks(ctx, new Map([[contactId, block.id]]));
  await askUpstream(ctx, contactId, { isBlocking: block.upstream });
  return true;
};

/**
 * Brings the blocks of a locked contact to what the journal says of them: what is missing is put into its place in time,
 * so that what was sent meanwhile stays out as well; what was lifted is lifted. Whoever is blocked here for longer stays
 * so. The same again changes nothing. For the system alone, of a database that was restored (decision 0040).
 */
export const restoreBlocks = async (
  ctx: Ctx,
  contactId: string,
  blocks: readonly JournaledBlock[],
): Promise<RestoredBlocks> => {
  const { workspaceId } = ctx.actor;
  const here = await findBlocksById(
    ctx.tx,
    workspaceId,
    blocks.map(({ id }) => id),
  );
  let blocked = 0;
  let lifted = 0;
  // What is over first: one block at most is open at a time.
  const inOrder = [...blocks].sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)));
  for (const block of inOrder) {
    const known = here.get(block.id);
    if (known === undefined && isOpen(block)) {
      blocked += (await openMissing(ctx, contactId, block)) ? 1 : 0;
    } else if (known === undefined) {
      await insertJournaled(ctx.tx, workspaceId, contactId, block);
    } else if (block.liftedAt !== null) {
      lifted += (await liftKnown(ctx, known, block.liftedAt)) ? 1 : 0;
    } else {
      await changeKnown(ctx, known, block);
    }
  }
  return { blocked, lifted };
};
