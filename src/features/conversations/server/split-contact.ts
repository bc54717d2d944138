import { requireCan } from '#features/accounts/server/index.ts';
import {
  ContactsMovedError,
  findIdentities,
  findMaskedNumber,
  findMergeState,
  giveIdentities,
  type HeldIdentity,
  insertContact,
  type LockedContact,
  lockContacts,
  lockMatchKeys,
  moveConflictsOf,
  reviveContact,
} from '#features/contacts/server/index.ts';
import { type Division, divideBlock, giveClaims, isOnWire } from '#features/gate/server/index.ts';
import { splitRule } from '#features/media/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { lockConversationsOf } from './conversation-store.ts';
import { lockMessages, setDeliveries } from './delivery-store.ts';
import { findQueuedOf, giveBackMessages } from './split-store.ts';
import { tellRefusal } from './tell-refusal.ts';

export interface SplitInput {
  readonly contactId: string;
  readonly identityIds: readonly string[];
  /** Of a blocked contact: whether what goes stays blocked. */
  readonly keepBlock: boolean;
  readonly givenName: string | null;
}

interface Taken {
  readonly goes: readonly HeldIdentity[];
  readonly stays: readonly HeldIdentity[];
}

const take = (all: readonly HeldIdentity[], identityIds: readonly string[]): Taken => {
  const wanted = new Set(identityIds);
  const goes = all.filter((identity) => wanted.has(identity.id));
  if (goes.length !== wanted.size) {
    throw notFound('identity');
  }
  return { goes, stays: all.filter((identity) => !wanted.has(identity.id)) };
};

const canBeAddressed = ({ kind, isFormer }: HeldIdentity): boolean =>
  !isFormer && (kind === 'phone' || kind === 'bsuid');

/**
 * The contact that a merge used up and whose every identity goes: what was its own goes with them. Undefined where
 * nothing says whose the messages are; they stay.
 */
const originOf = ({ goes, stays }: Taken): string | undefined => {
  const [origin, ...others] = new Set(goes.map((identity) => identity.mergedFrom));
  const isAll = others.length === 0 && stays.every((identity) => identity.mergedFrom !== origin);
  return origin !== null && isAll ? origin : undefined;
};

const sameIdentities = (a: readonly HeldIdentity[], b: readonly HeldIdentity[]): boolean =>
  a.length === b.length &&
  a.every(({ id, isFormer }, at) => id === b[at]?.id && isFormer === b[at].isFormer);

/** Whoever may make a contact holds the keys first; then the contacts, in id order, by one statement (docs/gate.md, locks). */
export const lockForSplit = async (
  ctx: Ctx,
  contactId: string,
  identityIds: readonly string[],
  alsoLock: (taken: Taken) => readonly string[],
): Promise<{ taken: Taken; locked: ReadonlyMap<string, LockedContact> }> => {
  const { workspaceId } = ctx.actor;
  const before = await findIdentities(ctx.tx, workspaceId, contactId);
  const taken = take(before, identityIds);
  const keys = taken.goes.map(({ matchKey: key }) => ({ workspaceId, key }));
  await lockMatchKeys(ctx.tx, keys);
  const ids = [contactId, ...alsoLock(taken)];
  const locked = await lockContacts(
    ctx.tx,
    ids.map((id) => ({ workspaceId, contactId: id })),
  );
  if (!sameIdentities(before, await findIdentities(ctx.tx, workspaceId, contactId))) {
    throw new ContactsMovedError('identities moved while their contact was being locked');
  }
  return { taken, locked: new Map(locked.map((contact) => [contact.id, contact])) };
};

/** What waits was accepted for both together; where it would go now nobody has decided: it fails, for a person to send again. */
const stopQueued = async (ctx: Ctx, contactId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const ids = await findQueuedOf(ctx.tx, workspaceId, contactId);
  const locked = await lockMessages(
    ctx.tx,
    ids.map((id) => ({ workspaceId, id })),
  );
  const queued = locked.filter((message) => message.status === 'queued');
  await setDeliveries(
    ctx.tx,
    queued.map(({ id, externalId }) => ({
      workspaceId,
      id,
      status: 'failed',
      errorCode: 'contact-split',
      externalId,
    })),
  );
  for (const message of queued) {
    ctx.notices.add(workspaceId, 'message', message.id);
    const place = { contactId, conversationId: message.conversationId };
    await tellRefusal(ctx, place, message.id, { code: 'contact-split', stage: 'dispatch' });
  }
};

/**
 * Gives identities of a locked contact to another locked one, with what follows from it: the block, the epochs, what
 * waits, WhatsApp's lists, open conflicts, and the messages of a merge that is taken apart.
 * @param origin the contact that a merge used up, whose messages go along
 * @returns whether `to` is blocked by this
 * @throws AppError contact-on-wire while a request that names the contact is under way
 */
export const moveToOther = async (
  ctx: Ctx,
  division: Omit<Division, 'keys'>,
  goes: readonly HeldIdentity[],
  origin?: string,
): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const { from, to } = division;
  if (await isOnWire(ctx.tx, workspaceId, from)) {
    throw new AppError('contact-on-wire', 409);
  }
  const keys = goes.map((identity) => identity.matchKey);
  await giveIdentities(ctx.tx, workspaceId, goes, to, { areTheirs: division.block === 'never' });
  const isBlocked = await divideBlock(ctx, { ...division, keys });
  await splitRule(ctx, from, to);
  await moveConflictsOf(ctx.tx, workspaceId, { from, to, keys });
  const both = [from, to].map((contactId) => ({ workspaceId, contactId }));
  const conversations = await lockConversationsOf(ctx.tx, both);
  await stopQueued(ctx, from);
  const moved =
    origin === undefined
      ? { messageIds: [], conversationIds: [] }
      : await giveBackMessages(ctx.tx, workspaceId, { from, to, origin });
  await giveClaims(ctx, to, moved.messageIds);
  for (const id of new Set([...conversations.map((v) => v.id), ...moved.conversationIds])) {
    ctx.notices.add(workspaceId, 'conversation', id);
  }
  for (const id of moved.messageIds) {
    ctx.notices.add(workspaceId, 'message', id);
  }
  ctx.notices.add(workspaceId, 'contact', from);
  ctx.notices.add(workspaceId, 'contact', to);
  return isBlocked;
};

/**
 * One contact turns out to be two people, says an administrator: takes identities out of it, into a new contact or back
 * to the one that a merge used up (decision 0031).
 * @returns the contact that has the identities now
 * @throws AppError forbidden, contact-not-found, contact-merged, identity-not-found, split-needs-both-sides, contact-on-wire
 */
export const splitContact = async (ctx: Ctx, input: SplitInput): Promise<string> => {
  requireCan(ctx.actor, 'contact.merge');
  const { workspaceId } = ctx.actor;
  const { contactId, identityIds } = input;
  const origins = (taken: Taken): string[] => {
    const origin = originOf(taken);
    return origin === undefined ? [] : [origin];
  };
  await requireWritable(ctx, contactId);
  const { taken, locked } = await lockForSplit(ctx, contactId, identityIds, origins);
  if (locked.get(contactId)?.mergedInto !== null) {
    throw new ContactsMovedError('the contact was merged while its lock was waited for');
  }
  if (taken.stays.length === 0 || !taken.goes.some(canBeAddressed)) {
    throw new AppError('split-needs-both-sides', 422);
  }
  const origin = originOf(taken);
  const canRevive = origin !== undefined && locked.get(origin)?.mergedInto === contactId;
  const to = canRevive ? origin : await insertContact(ctx.tx, aNewOne(workspaceId, input));
  if (canRevive) {
    await reviveContact(ctx.tx, workspaceId, to);
  }
  const block = input.keepBlock ? 'kept' : 'lifted';
  const isBlocked = await moveToOther(ctx, { from: contactId, to, block }, taken.goes, origin);
  await audit(ctx, {
    action: 'contacts.split',
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, contactId),
    details: { otherContactId: to, identities: taken.goes.length, isBlocked, isBack: canRevive },
  });
  return to;
};

const aNewOne = (workspaceId: string, { givenName }: SplitInput) => ({
  workspaceId,
  profileName: null,
  username: null,
  givenName: givenName === '' ? null : givenName,
});

/** Read without a lock, so that keys come before contacts; asked again under it. */
const requireWritable = async (ctx: Ctx, contactId: string): Promise<void> => {
  const state = await findMergeState(ctx.tx, ctx.actor.workspaceId, contactId);
  if (state === undefined) {
    throw notFound('contact');
  }
  if (state.mergedInto !== null) {
    throw new AppError('contact-merged', 409);
  }
};
