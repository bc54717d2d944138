import type { IdentityChangeItem } from '#channels/channel.ts';
import {
  findIdentities,
  findNewHolders,
  followEarlyChanges,
  type HeldIdentity,
  type Holder,
  insertAwaited,
  learnIdentities,
  listConflict,
  lockLaterHolders,
  matchKeysOf,
  noteEarlyChange,
  outdateHeirOfErased,
  type Resolution,
  resolveAgain,
  retireIdentities,
} from '#features/contacts/server/index.ts';
import { checkGateInbound, extendBlock, noteIdentities } from '#features/gate/server/index.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { lockConversationsOf } from './conversation-store.ts';
import { allContactsOf, type FromPerson, judgedOf, peopleOf } from './judged.ts';
import { insertActivity } from './message-store.ts';
import { momentOf } from './moment.ts';

/** Where it happened: what the person wrote from the new number is below it, however late we hear. */
const tellInThread = async (
  ctx: Ctx,
  contactId: string,
  item: IdentityChangeItem,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const at = momentOf(item.timestamp, Date.now());
  for (const place of await lockConversationsOf(ctx.tx, [{ workspaceId, contactId }])) {
    const id = newId();
    const row = { ...place, id, conversationId: place.id, author: ctx.actor };
    await insertActivity(ctx.tx, row, { event: 'number-changed' }, at);
    ctx.notices.add(workspaceId, 'message', id);
  }
};

/** Who the change is about: the account names the person; a number may be somebody else's by now. */
const ownerOf = (holders: readonly Holder[]): string | undefined => {
  const of = (kind: string) => holders.find((holder) => holder.kind === kind)?.contactId;
  return of('bsuid') ?? of('parent-bsuid') ?? holders[0]?.contactId;
};

/** Nothing is merged: a block of the one who moved is extended to whoever holds what it moved to. */
const extendToHolders = async (
  ctx: Ctx,
  contactId: string,
  held: readonly Pick<Holder, 'contactId' | 'matchKey'>[],
): Promise<void> => {
  for (const otherId of new Set(held.map((holder) => holder.contactId))) {
    await extendBlock(ctx, contactId, otherId);
  }
  for (const { contactId: otherContactId, matchKey } of held) {
    const conflict = { kind: 'recycled-number', otherContactId, matchKey } as const;
    await listConflict(ctx, ctx.actor.workspaceId, contactId, conflict);
  }
};

/** Each portfolio tells of a move for itself, at about the same time. */
const sameMoveMs = 10 * 60_000;

/**
 * An account changes with its number (API sheet 6): while the new one is hidden, the one we know is not theirs any more. But for the
 * number that another portfolio has told of this very move: it came with the account that they have there now, in the place of another.
 */
const numbersOf = async (
  ctx: Ctx,
  contactId: string,
  { next, timestamp }: IdentityChangeItem,
): Promise<Pick<Holder, 'contactId' | 'matchKey'>[]> => {
  const all = await findIdentities(ctx.tx, ctx.actor.workspaceId, contactId);
  const own = next.portfolioId ?? null;
  const isElsewhere = ({ kind, portfolioId }: HeldIdentity): boolean =>
    kind === 'bsuid' && portfolioId !== null && own !== null && portfolioId !== own;
  const moved = all.filter(
    (account) =>
      isElsewhere(account) &&
      !account.isFormer &&
      account.firstSeenAt.getTime() >= timestamp * 1000 - sameMoveMs &&
      all.some((left) => left.isFormer && left.portfolioId === account.portfolioId),
  );
  return all
    .filter(({ kind, isFormer }) => kind === 'phone' && !isFormer)
    .filter(
      ({ firstSeenAt }) =>
        !moved.some((account) => account.firstSeenAt.getTime() === firstSeenAt.getTime()),
    )
    .map(({ matchKey }) => ({ contactId, matchKey }));
};

/** A change that was told before this one, when nobody was known by what it left: this person has gone on to there. */
const goOn = async (ctx: Ctx, contactId: string, item: IdentityChangeItem): Promise<void> => {
  const { workspaceId } = item;
  const later = await followEarlyChanges(ctx, item);
  const { left, names } = later;
  await retireIdentities(
    ctx.tx,
    workspaceId,
    left.map(({ key }) => ({ contactId, matchKey: key })),
  );
  if (names.length > 0) {
    await insertAwaited(ctx.tx, workspaceId, contactId, names);
  }
  const holders = [...later.holders, ...(await findNewHolders(ctx, later))];
  const others = holders.filter((holder) => holder.contactId !== contactId);
  await lockLaterHolders(ctx, others);
  await extendToHolders(ctx, contactId, others);
};

/**
 * A person has another number or account now. The identities left behind stay with the contact as former ones: they
 * still block. The new ones join it, but for those that somebody else holds (docs/gate.md, identities).
 */
const applyChange = async (
  ctx: Ctx,
  resolution: Resolution,
  item: IdentityChangeItem,
  isDropped: boolean,
): Promise<void> => {
  const { workspaceId } = item;
  const before = resolution.holdersOf(workspaceId, item.person).filter((h) => !h.isFormer);
  const after = resolution.holdersOf(workspaceId, item.next).filter((h) => !h.isFormer);
  const moved = ownerOf(before);
  if (moved === undefined) {
    await noteEarlyChange(ctx, item);
    return;
  }
  const nextKeys = matchKeysOf(item.next);
  const isNext = new Set(nextKeys.map((key) => key.key));
  const leftBehind = before.filter((h) => h.contactId === moved && !isNext.has(h.matchKey));
  const unheld = nextKeys.filter((key) => !after.some((h) => h.matchKey === key.key));
  const isNumberTold = nextKeys.some(({ kind }) => kind === 'phone');
  const isAccountNew = [leftBehind, unheld].every((those) =>
    those.some(({ kind }) => kind === 'bsuid'),
  );
  const hidden = isAccountNew && !isNumberTold ? await numbersOf(ctx, moved, item) : [];
  await retireIdentities(ctx.tx, workspaceId, [...leftBehind, ...hidden]);
  await learnIdentities(ctx.tx, workspaceId, moved, unheld);
  await outdateHeirOfErased(ctx, moved);
  await extendToHolders(
    ctx,
    moved,
    after.filter((holder) => holder.contactId !== moved),
  );
  await goOn(ctx, moved, item);
  ctx.notices.add(workspaceId, 'contact', moved);
  if (leftBehind.length === 0 && unheld.length === 0) {
    return;
  }
  await noteIdentities(ctx.tx, workspaceId, [moved]);
  if (!isDropped) {
    await tellInThread(ctx, moved, item);
  }
};

/** Before the messages of the batch, which may already come from the new number. */
export const receiveNumberChanges = async (
  ctx: Ctx,
  resolution: Resolution,
  items: readonly FromPerson[],
): Promise<Resolution> => {
  const changes = items.filter((item) => item.type === 'identity-change');
  let current = resolution;
  if (changes.length > 0) {
    // Also those of the messages that follow: locked one after another they would be out of order.
    await lockConversationsOf(ctx.tx, allContactsOf(resolution, items));
  }
  for (const change of changes) {
    const [verdict] = await checkGateInbound(ctx, [judgedOf(current, change)]);
    const own = { ...ctx, actor: systemActor(change.workspaceId) };
    await applyChange(own, current, change, verdict?.kind === 'drop');
    current = await resolveAgain(ctx, items.flatMap(peopleOf));
  }
  return current;
};
