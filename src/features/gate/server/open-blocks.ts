import { findMaskedNumbers, wasCreatedIn } from '#features/contacts/server/index.ts';
import { publishEach } from '#features/webhooks/server/index.ts';
import { auditAll } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { enqueueAll } from '#platform/server/jobs.ts';
import { together } from '#platform/server/together.ts';
import { newId } from '#platform/shared/ids.ts';
import { insertBlocks, type NewBlock } from './block-store.ts';
import { announceEndJob, stopQueuedJob } from './job-names.ts';
import { approveByBlocks } from './requests/close-request.ts';
import { askUpstreamOf } from './upstream/ask-upstream.ts';

interface Origin {
  /** The number of ours on whose list at WhatsApp the person was found; for the audit log. */
  readonly adoptedFrom?: string;
}
export type OpenBlockInput = Omit<NewBlock, 'id'> & Origin;
type ToldBlock = Omit<NewBlock, 'note'> & Origin;

/**
 * Opens a block on a locked contact that has none active; also what a number change and a merge do. Whoever asked for
 * one has it.
 * @returns null when its end has come meanwhile
 */
export const openBlock = async (ctx: Ctx, input: OpenBlockInput): Promise<string | null> => {
  const [id] = await openBlocks(ctx, [input]);
  return id ?? null;
};

/**
 * The same for many contacts, all different and all locked, in as many statements as for one: the only way in which a block
 * begins.
 * @returns the block of each, in the same order
 */
export const openBlocks = async (
  ctx: Ctx,
  inputs: readonly OpenBlockInput[],
): Promise<(string | null)[]> => {
  if (inputs.length === 0) {
    return [];
  }
  const blocks = inputs.map((input): NewBlock & Origin => ({ ...input, id: newId() }));
  const { ids, refused } = await insertBlocks(ctx.tx, ctx.actor, blocks);
  const opened = blocks.filter(({ id }) => ids.has(id));
  const ask = (isBlocking: boolean) => {
    const asked = opened.filter(({ upstream }) => upstream === isBlocking);
    return askUpstreamOf(
      ctx,
      asked.map(({ contactId }) => contactId),
      { isBlocking },
    );
  };
  await together([
    stopQueued(ctx, refused),
    announceEnds(ctx, opened),
    tellOpened(ctx, opened),
    ask(true),
    ask(false),
  ]);
  return blocks.map(({ id }) => (ids.has(id) ? id : null));
};

/** Other programs hear of the block before they hear of the request that it answers. */
const tellOpened = async (ctx: Ctx, opened: readonly (NewBlock & Origin)[]): Promise<void> => {
  const masked = await tellBlocks(ctx, 'gate.contact-blocked', opened);
  await together([
    publishBlocked(ctx, opened, masked),
    approveByBlocks(ctx, new Map(opened.map(({ contactId, id }) => [contactId, id]))),
  ]);
};

/** Nothing can wait for a contact that this very transaction has made. */
const stopQueued = (ctx: Ctx, contactIds: readonly string[]): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const known = contactIds.filter((contactId) => !wasCreatedIn(ctx.tx, contactId));
  return enqueueAll(
    ctx.tx,
    stopQueuedJob,
    known.map((contactId) => ({ payload: { workspaceId, contactId } })),
  );
};

/** The end by the clock needs no job to hold (G9); this one only tells the open screens. */
export const announceEnds = (
  ctx: Ctx,
  blocks: readonly Pick<NewBlock, 'id' | 'contactId' | 'expiresAt'>[],
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const ending = blocks.flatMap(({ id, contactId, expiresAt }) =>
    expiresAt === null
      ? []
      : [{ payload: { workspaceId, contactId }, key: `block-end:${id}`, runAt: expiresAt }],
  );
  return enqueueAll(ctx.tx, announceEndJob, ending);
};

/** To other programs. */
const publishBlocked = (
  ctx: Ctx,
  opened: readonly NewBlock[],
  masked: ReadonlyMap<string, string>,
): Promise<void> =>
  publishEach(
    ctx,
    'contact.blocked',
    opened.map(({ id, contactId, reason, cause, expiresAt }) => ({
      data: { blockId: id, reason, cause, expiresAt: expiresAt?.toISOString() ?? null },
      subject: { contactId, maskedNumber: masked.get(contactId) ?? '' },
    })),
  );

/** To the screens and the audit log; the note is in neither. @returns the numbers as they may be told, by contact */
export const tellBlocks = async (
  ctx: Ctx,
  action: string,
  blocks: readonly ToldBlock[],
): Promise<ReadonlyMap<string, string>> => {
  const { workspaceId } = ctx.actor;
  for (const { contactId } of blocks) {
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
  const contactIds = blocks.map(({ contactId }) => contactId);
  const masked = await findMaskedNumbers(ctx.tx, workspaceId, contactIds);
  await auditAll(
    ctx,
    blocks.map((block) => ({
      action,
      subject: { kind: 'contact', id: block.contactId },
      maskedNumber: masked.get(block.contactId) ?? '',
      details: {
        blockId: block.id,
        reason: block.reason,
        cause: block.cause,
        upstream: block.upstream,
        expiresAt: block.expiresAt?.toISOString() ?? null,
        ...(block.adoptedFrom !== undefined && { isAdopted: true, channelId: block.adoptedFrom }),
      },
    })),
  );
  return masked;
};
