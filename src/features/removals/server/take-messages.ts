import { findMaskedNumber } from '#features/contacts/server/index.ts';
import {
  coverMessages,
  findRemovable,
  type Removable,
} from '#features/conversations/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { everyWorkspace, newId } from '#platform/shared/ids.ts';
import { mostAskedPerHour } from '../contract.ts';
import { countAskedLately, findDecidingItems, findOpenItems, insertItems } from './item-store.ts';
import { tellDueJob } from './job-names.ts';
import {
  type Asker,
  type AskerWords,
  insertRequest,
  markOwn,
  putAsker,
  takeNumber,
} from './request-store.ts';

export interface TakeInput {
  readonly messageIds: readonly string[];
  readonly words: AskerWords;
  /** By somebody who may decide as well, and does. */
  readonly isAtSight: boolean;
}

export interface Taken {
  /** Those that were joined, and the one that was opened; in the order of their ids. */
  readonly requests: readonly { readonly id: string; readonly messageIds: readonly string[] }[];
  readonly coveredIds: readonly string[];
}

/** The product itself has no id; a request has an asker all the same. */
export const askerOf = ({ actor }: Ctx): Asker => ({
  kind: actor.kind,
  id: actor.id ?? everyWorkspace,
});

const isBy = (asker: Asker, messages: readonly Removable[]): boolean =>
  messages.some(({ authorKind, authorId }) => authorKind === asker.kind && authorId === asker.id);

const record = async (
  ctx: Ctx,
  action: string,
  place: { contactId: string; requestId: string },
  details: Readonly<Record<string, string | number | boolean>>,
): Promise<void> => {
  const { contactId, requestId } = place;
  await audit(ctx, {
    action,
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId),
    details: { requestId, ...details },
  });
};

/**
 * Cover is no weapon. Whoever removes at sight is asked once they have: only what stays under the cover counts.
 * @throws AppError too-many-removal-requests
 */
export const requireRoomToAsk = async (ctx: Ctx): Promise<void> => {
  const { tx, actor } = ctx;
  if ((await countAskedLately(tx, actor.workspaceId, askerOf(ctx).id)) > mostAskedPerHour) {
    throw new AppError('too-many-removal-requests', 429);
  }
};

/** @returns the request, and all that it covers */
const open = async (
  ctx: Ctx,
  [first, ...others]: readonly [Removable, ...Removable[]],
  { words, isAtSight }: TakeInput,
): Promise<{ id: string; coveredIds: string[] }> => {
  const { workspaceId } = ctx.actor;
  const asker = askerOf(ctx);
  const messages = [first, ...others];
  const messageIds = messages.map(({ id }) => id);
  const id = newId();
  const coveredIds = await coverMessages(ctx, { requestId: id, messageIds });
  // Whoever takes a number asks after all who took one before: so nobody passes the limit by asking twice at once.
  const number = await takeNumber(ctx.tx, workspaceId);
  const { contactId, conversationId, channelId } = first;
  const isOwn = isBy(asker, messages);
  const request = { id, number, contactId, conversationId, channelId, isOwn, isAtSight };
  const dueAt = await insertRequest(ctx.tx, workspaceId, request);
  await insertItems(ctx.tx, workspaceId, id, asker.id, messageIds);
  if (!isAtSight && asker.kind !== 'system') {
    await requireRoomToAsk(ctx);
  }
  await putAsker(ctx.tx, workspaceId, id, asker, words);
  await enqueue(
    ctx.tx,
    tellDueJob,
    { workspaceId, requestId: id },
    { key: `removal-due:${id}`, runAt: dueAt },
  );
  const action = isAtSight ? 'removals.opened-at-sight' : 'removals.asked';
  const facts = { number, reason: words.reason, messages: messages.length };
  await record(ctx, action, { contactId, requestId: id }, facts);
  ctx.notices.add(workspaceId, 'removal', id);
  return { id, coveredIds };
};

/** Whoever asks for what somebody asked for already stands beside them. */
const join = async (
  ctx: Ctx,
  requestId: string,
  messages: readonly Removable[],
  { words }: TakeInput,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const asker = askerOf(ctx);
  const isNew = await putAsker(ctx.tx, workspaceId, requestId, asker, words);
  if (isBy(asker, messages)) {
    await markOwn(ctx.tx, workspaceId, requestId);
  }
  if (isNew) {
    const { contactId = '' } = messages[0] ?? {};
    await record(ctx, 'removals.joined', { contactId, requestId }, { reason: words.reason });
  }
  ctx.notices.add(workspaceId, 'removal', requestId);
};

/**
 * Puts messages of one conversation under a cover and into a request, in the transaction of the caller: what an open request
 * decides about, also as a copy of what it names, joins that; the rest opens one. Nobody is asked whether they may.
 * @throws AppError message-not-found, message-not-removable, too-many-removal-requests
 */
export const takeMessages = async (ctx: Ctx, input: TakeInput): Promise<Taken> => {
  const { workspaceId } = ctx.actor;
  const messages = await findRemovable(ctx, [...new Set(input.messageIds)]);
  const conversations = new Set(messages.map(({ conversationId }) => conversationId));
  if (conversations.size !== 1 || messages.some(({ withheld }) => withheld === 'removed')) {
    throw new AppError('message-not-removable', 422);
  }
  // A suggestion is about the very file that was recognised: whoever says that it is not the same says so of that.
  const findKnown = ctx.actor.kind === 'system' ? findOpenItems : findDecidingItems;
  const known = await findKnown(
    ctx.tx,
    workspaceId,
    messages.map(({ id }) => id),
  );
  const inRequest = (requestId: string | undefined) =>
    messages.filter(({ id }) => known.get(id)?.requestId === requestId);
  const requests: { id: string; messageIds: string[] }[] = [];
  const coveredIds = new Set(known.keys());
  const joined = new Set([...known.values()].map(({ requestId }) => requestId));
  for (const id of [...joined].sort()) {
    const named = inRequest(id);
    await join(ctx, id, named, input);
    requests.push({ id, messageIds: named.map((message) => message.id) });
  }
  const [first, ...others] = inRequest(undefined);
  if (first !== undefined) {
    const opened = await open(ctx, [first, ...others], input);
    requests.push({ id: opened.id, messageIds: [first, ...others].map(({ id }) => id) });
    for (const id of opened.coveredIds) {
      coveredIds.add(id);
    }
  }
  return { requests, coveredIds: [...coveredIds].sort() };
};
