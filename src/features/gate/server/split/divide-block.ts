import { setTimeout as sleep } from 'node:timers/promises';
import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx, Db, Tx } from '#platform/server/deps.ts';
import { longestWaitMs } from '../await-wire.ts';
import { moveClaimsOf } from '../claim-store.ts';
import { openBlock } from '../open-blocks.ts';
import { findOpenBlock, type OpenBlock } from '../store.ts';
import { askUpstream } from '../upstream/ask-upstream.ts';
import {
  copySpans,
  countOnWire,
  findChannelsOf,
  moveUpstreamOf,
  raiseEpochs,
} from './split-store.ts';

/** Whether a request that names this contact is, or may still be, written. */
export const isOnWire = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<boolean> => (await countOnWire(db, workspaceId, contactId)) > 0;

/** Waits until nothing that names this contact can be written, at most 10 s; a split asks once more under its locks. */
export const awaitQuiet = async (db: Db, workspaceId: string, contactId: string): Promise<void> => {
  const giveUpAt = performance.now() + longestWaitMs;
  while (performance.now() < giveUpAt && (await isOnWire(db, workspaceId, contactId))) {
    await sleep(100);
  }
};

/** Claims of these messages are of this contact now; both contacts are locked. */
export const giveClaims = (ctx: Ctx, to: string, messageIds: readonly string[]): Promise<void> =>
  moveClaimsOf(ctx.tx, ctx.actor.workspaceId, to, messageIds);

export interface Division {
  readonly from: string;
  readonly to: string;
  /** Match keys of the identities that `to` has now. */
  readonly keys: readonly string[];
  /**
   * What becomes of a block of `from`. kept: `to` is blocked too, by a row of its own. lifted: `to` is not, by the will of
   * whoever splits. never: the identities were not the blocked person's, so nothing of the block is `to`'s.
   */
  readonly block: 'kept' | 'lifted' | 'never';
}

/** The channels are read before anything moves: the person speaks through them whoever has the conversations. */
const askBoth = async (
  ctx: Ctx,
  { from, to }: Division,
  isBlocked: boolean,
  open: OpenBlock | undefined,
  channels: readonly string[],
): Promise<void> => {
  if (open?.isActive) {
    // It may be named in another way now: by its account, where its number has gone.
    await askUpstream(ctx, from, { isBlocking: open.upstream });
  }
  if (!isBlocked) {
    await askUpstream(ctx, to, { isBlocking: false });
    return;
  }
  for (const onlyOn of channels) {
    await askUpstream(ctx, to, { isBlocking: open?.upstream ?? false, onlyOn });
  }
};

/**
 * The gate's part of a split, both contacts locked, the identities given already and nothing on the wire. `from` keeps
 * its block whatever is chosen. The epochs rise, so that nothing leaves under a proof that was made for both together.
 * @returns whether `to` is blocked by this
 */
export const divideBlock = async (ctx: Ctx, division: Division): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const { from, to, block } = division;
  await raiseEpochs(ctx.tx, workspaceId, block === 'never' ? [from] : [from, to]);
  const open = await findOpenBlock(ctx.tx, workspaceId, from);
  const channels = await findChannelsOf(ctx.tx, workspaceId, from);
  if (block !== 'never') {
    await copySpans(ctx.tx, workspaceId, from, to, ctx.actor);
  }
  await moveUpstreamOf(ctx.tx, workspaceId, division);
  const id =
    block === 'kept' && open?.isActive
      ? await openBlock(ctx, { ...open, contactId: to, cause: 'split' })
      : null;
  if (open?.isActive && id === null && block !== 'kept') {
    const maskedNumber = await findMaskedNumber(ctx.tx, workspaceId, to);
    await audit(ctx, {
      action: 'gate.contact-unblocked',
      subject: { kind: 'contact', id: to },
      maskedNumber,
      details: { blockId: open.id, cause: 'split' },
    });
    const data = { blockId: open.id, cause: 'split' } as const;
    await publish(ctx, { type: 'contact.unblocked', data }, { contactId: to, maskedNumber });
  }
  await askBoth(ctx, division, id !== null, open, channels);
  return id !== null;
};
