import { ContactsMovedError } from '#features/contacts/server/index.ts';
import { checkGateStored, type Passed } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { enqueueFetch } from './job-names.ts';
import {
  findMediaPlace,
  lockMediaPlace,
  type MediaPlace,
  restartMedia,
  setMediaState,
} from './media-store.ts';

const tell = (ctx: Ctx, messageId: string): void =>
  ctx.notices.add(ctx.actor.workspaceId, 'message', messageId);

interface Judgement {
  readonly place: MediaPlace;
  /** Undefined when the gate is closed. */
  readonly passed: Passed<MediaPlace> | undefined;
}

/** Contact locked, gate asked, then the message locked and looked at again. */
const judge = async (
  ctx: Ctx,
  messageId: string,
  askedAt: (place: MediaPlace) => Date | 'now',
): Promise<Judgement | undefined> => {
  const { workspaceId } = ctx.actor;
  const before = await findMediaPlace(ctx.tx, workspaceId, messageId);
  if (before === undefined) {
    return undefined;
  }
  const verdict = await checkGateStored(ctx, before.contactId, before, askedAt(before));
  const place = await lockMediaPlace(ctx.tx, workspaceId, messageId);
  if (place === undefined || place.isRevoked) {
    return undefined;
  }
  if (place.contactId !== before.contactId) {
    throw new ContactsMovedError('the message moved to another contact');
  }
  return { place, passed: verdict.kind === 'pass' ? verdict.passed : undefined };
};

/**
 * Whether the file of a message may be asked for, or kept, now. A closed gate withholds it: from then on only a person
 * asks for it again.
 * @returns undefined when not; also for what was taken back, or is not being fetched any more
 */
export const judgeMedia = async (
  ctx: Ctx,
  messageId: string,
): Promise<Passed<MediaPlace> | undefined> => {
  const judged = await judge(ctx, messageId, (place) => place.requestedAt);
  if (judged === undefined) {
    return undefined;
  }
  const { place, passed } = judged;
  if (place.state !== 'waiting' && place.state !== 'fetching') {
    return undefined;
  }
  if (passed === undefined) {
    await setMediaState(ctx.tx, place, { state: 'withheld', reason: 'contact-blocked' });
    tell(ctx, messageId);
  }
  return passed;
};

const canBeFetched = new Set<MediaPlace['state']>(['failed', 'withheld']);
const isUnderWay = new Set<MediaPlace['state']>(['waiting', 'fetching', 'ready']);

/**
 * A person asks for a file that is not here.
 * @throws AppError media-not-found, contact-blocked, media-not-fetchable
 */
export const requestMedia = async (ctx: Ctx, messageId: string): Promise<void> => {
  const judged = await judge(ctx, messageId, () => 'now');
  if (judged === undefined) {
    throw notFound('media');
  }
  const { place, passed } = judged;
  if (passed === undefined) {
    throw new AppError('contact-blocked', 409);
  }
  if (isUnderWay.has(place.state)) {
    return;
  }
  if (!canBeFetched.has(place.state) || place.providerMediaId === null) {
    throw new AppError('media-not-fetchable', 409);
  }
  await restartMedia(ctx.tx, place);
  await enqueueFetch(ctx.tx, place);
  tell(ctx, messageId);
};
