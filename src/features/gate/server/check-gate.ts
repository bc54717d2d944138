import {
  ContactsMovedError,
  findFormerHolders,
  lockContacts,
  wasCreatedIn,
} from '#features/contacts/server/index.ts';
import type { Ctx, Tx } from '#platform/server/deps.ts';
import { together } from '#platform/server/together.ts';
import type { WayToSend } from '../ways-to-send/contract.ts';
import {
  type BlockSpan,
  decideInbound,
  decideOutbound,
  type InboundVerdict,
  type OutboundVerdict,
  type Passed,
  provesFor,
  provesIn,
} from './decide.ts';
import { droppedHashOf as hashOf } from './find-dropped.ts';
import {
  type Attempt,
  countAttempts,
  findDroppedHashes,
  findOutboundFacts,
  findSpans,
} from './store.ts';
import { noteHealing } from './upstream/heal-store.ts';

/** What the gate must know of an inbound item; the item itself is not looked at. */
export interface Judged<Item> {
  readonly item: Item;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly externalId: string;
  readonly direction: 'in' | 'out';
  readonly timestamp: number;
  /** Counted under this name when it is dropped. */
  readonly kind: string;
  /** False for what the person did not do: it is dropped by the same rules, and no attempt is counted or remembered. */
  readonly isAttempt: boolean;
  /** Imported: it tells of the time at which it was written, and nothing of now. */
  readonly isHistory: boolean;
  /** Every contact that has or had an identity of the person, locked in this transaction. */
  readonly contactIds: readonly string[];
}

/** Every block of some contacts, read after their locks in the transaction that holds these. */
export interface ReadSpans {
  readonly tx: Tx;
  /** By contact; of one who has no block an empty list. */
  readonly byContact: ReadonlyMap<string, readonly BlockSpan[]>;
}

/** What the gate will ask of these contacts, so that it may go with their locks: on the wire after them, in the same transaction. */
export const readSpans = async (
  { tx }: Pick<Ctx, 'tx'>,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<ReadSpans> => {
  const unique = new Map(contacts.map((contact) => [contact.contactId, contact]));
  const byContact = new Map<string, BlockSpan[]>([...unique.keys()].map((id) => [id, []]));
  for (const span of await findSpans(tx, [...unique.values()])) {
    byContact.get(span.contactId)?.push(span);
  }
  return { tx, byContact };
};

const spansFor = async (
  ctx: Ctx,
  items: readonly Judged<unknown>[],
  known: ReadSpans | undefined,
): Promise<ReadSpans> => {
  const contacts = items.flatMap(({ workspaceId, contactIds }) =>
    contactIds.map((contactId) => ({ workspaceId, contactId })),
  );
  const isKnown =
    known?.tx === ctx.tx && contacts.every(({ contactId }) => known.byContact.has(contactId));
  return isKnown ? known : readSpans(ctx, contacts);
};

/** What was written before the block and imported during it is dropped, and is no attempt to get round it. */
const isSinceBlock = (
  { isHistory, timestamp }: Judged<unknown>,
  spans: readonly BlockSpan[],
  blockId: string,
): boolean => {
  const startedAt = spans.find((span) => span.blockId === blockId)?.startedAt.getTime() ?? 0;
  return !isHistory || timestamp >= Math.floor(startedAt / 1_000);
};

/** What its caller can tell of a batch. */
export interface InboundKnowledge<Item> {
  /** What was read with the locks of these contacts; good as long as this transaction has blocked nobody since. */
  readonly spans?: ReadSpans | undefined;
  /** Which of these are stored, by their channel's id: they came before the block, and are only repeated. */
  readonly findStored?: (dropped: readonly Judged<Item>[]) => Promise<ReadonlySet<Judged<Item>>>;
}

/** @returns of each item whether it is dropped, and is not merely a repeat of what is here already */
const findNews = async <Item>(
  items: readonly Judged<Item>[],
  verdicts: readonly InboundVerdict<Item>[],
  findStored: InboundKnowledge<Item>['findStored'],
): Promise<boolean[]> => {
  const dropped = items.filter((_, index) => verdicts[index]?.kind === 'drop');
  const stored = dropped.length === 0 ? undefined : await findStored?.(dropped);
  return items.map((item, index) => verdicts[index]?.kind === 'drop' && stored?.has(item) !== true);
};

/**
 * Judges a batch of inbound items whose contacts are locked (G1). Dropped items are counted here, by kind and time, and
 * leave nothing else behind. What was stored before the block and is repeated during it is dropped and was no attempt.
 * @returns one verdict for each item, in the same order
 */
export const checkGateInbound = async <Item>(
  ctx: Ctx,
  items: readonly Judged<Item>[],
  { spans: known, findStored }: InboundKnowledge<Item> = {},
): Promise<InboundVerdict<Item>[]> => {
  const { byContact } = await spansFor(ctx, items, known);
  const spansOf = (judged: Judged<Item>) =>
    judged.contactIds.flatMap((id) => byContact.get(id) ?? []);
  const suspects = items
    .filter((judged) => judged.isAttempt && judged.direction === 'in' && spansOf(judged).length > 0)
    .map((judged) => ({ workspaceId: judged.workspaceId, hash: hashOf(ctx, judged) }));
  const dropped = await findDroppedHashes(ctx.tx, suspects);

  const verdicts = items.map((judged) =>
    decideInbound(ctx.tx, judged.item, judged.contactIds, {
      direction: judged.direction,
      timestamp: judged.timestamp,
      spans: spansOf(judged),
      wasDropped: dropped.size > 0 && dropped.has(hashOf(ctx, judged).toString('hex')),
    }),
  );
  const isNews = await findNews(items, verdicts, findStored);
  const attempts = verdicts.flatMap((verdict, index): Attempt[] => {
    const judged = items[index];
    return verdict.kind === 'pass' || judged?.isAttempt !== true || isNews[index] !== true
      ? []
      : [
          {
            workspaceId: judged.workspaceId,
            blockId: verdict.blockId,
            kind: judged.kind,
            hash: hashOf(ctx, judged),
            isCounted: isSinceBlock(judged, spansOf(judged), verdict.blockId),
          },
        ];
  });
  // Who is blocked and still writes was not blocked at WhatsApp: tried again there, by a job. What our own phone wrote, what was
  // imported or is only repeated says nothing of that, and would use up the try that the person's next message is good for.
  const heard = verdicts.flatMap((verdict, index) => {
    const judged = items[index];
    const isTheirs =
      judged?.isAttempt === true && judged.direction === 'in' && isNews[index] === true;
    return isTheirs && !judged.isHistory && verdict.kind === 'drop' && verdict.cause === 'active'
      ? spansOf(judged)
          .filter((span) => span.isActive)
          .map(({ contactId }) => ({
            workspaceId: judged.workspaceId,
            channelId: judged.channelId,
            contactId,
          }))
      : [];
  });
  await Promise.all([countAttempts(ctx.tx, attempts), noteHealing(ctx.tx, heard)]);
  return verdicts;
};

/**
 * Judges an outbound item (G2): when it is accepted (`acceptedEpoch` null) and again, under lock, right before it leaves.
 * Locks the contact.
 * @throws ContactsMovedError when the contact was merged meanwhile
 */
export const checkGateOutbound = async <Item>(
  ctx: Ctx,
  way: WayToSend,
  contactId: string,
  item: Item,
  acceptedEpoch: number | null,
): Promise<OutboundVerdict<Item>> => {
  const { workspaceId } = ctx.actor;
  // Read once it is locked, and not locked themselves: callers hold contacts already, and one more out of id order could deadlock.
  const [, sharers, own] = await together([
    lockContacts(ctx.tx, [{ workspaceId, contactId }]),
    findFormerHolders(ctx, workspaceId, contactId),
    findOutboundFacts(ctx.tx, workspaceId, contactId, []),
  ]);
  // Hardly anybody shares a name with somebody: their own facts go with the lock.
  const facts =
    sharers.length === 0 ? own : await findOutboundFacts(ctx.tx, workspaceId, contactId, sharers);
  if (facts === undefined) {
    // Never writable: the repeat finds the contact that remains.
    throw new ContactsMovedError('the contact was merged while its lock was waited for');
  }
  return decideOutbound(ctx.tx, item, contactId, { ...facts, acceptedEpoch }, way);
};

/**
 * Judges a request to the channel about what is stored already, such as the file of a message: refused when the contact
 * is blocked, or was blocked since it was asked for. Nothing is counted: the person tried nothing. Locks the contact.
 * @param askedAt `now` for what a person asks for this moment
 */
export const checkGateStored = async <Item>(
  ctx: Ctx,
  contactId: string,
  item: Item,
  askedAt: Date | 'now',
): Promise<OutboundVerdict<Item>> => {
  const { workspaceId } = ctx.actor;
  await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  const sharers = await findFormerHolders(ctx, workspaceId, contactId);
  const everyone = [contactId, ...sharers].map((id) => ({ workspaceId, contactId: id }));
  const spans = await findSpans(ctx.tx, everyone);
  const isBlocked = spans.some(
    (span) => span.isActive || (askedAt !== 'now' && span.startedAt >= askedAt),
  );
  const facts = { isBlocked, epoch: 0, acceptedEpoch: null };
  return decideOutbound(ctx.tx, item, contactId, facts, null);
};

/**
 * A stale or foreign proof is a bug: refused, whatever it says.
 * @throws Error unless the proof was made in this transaction, for this contact or for one this transaction made
 */
export const assertPassed = (passed: Passed<unknown>, tx: Tx, contactId: string): void => {
  const isOwn = provesFor(passed, tx, contactId);
  const isNew = provesIn(passed, tx) && wasCreatedIn(tx, contactId);
  if (!isOwn && !isNew) {
    throw new Error('the gate never let this item pass in this transaction for this contact');
  }
};
