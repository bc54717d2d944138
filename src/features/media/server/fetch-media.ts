import type { MediaRequest } from '#channels/channel.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { RepeatTransactionError } from '#platform/server/errors.ts';
import type { MediaKind } from '../contract.ts';
import { lockFiles } from './file-store.ts';
import { enqueueFetch } from './job-names.ts';
import { judgeMedia } from './judge-media.ts';
import {
  lockMediaPlace,
  type MediaChange,
  type MediaPlace,
  type StoredMedia,
  setMediaState,
  setReady,
} from './media-store.ts';
import { guardRepeat, looksCount } from './prints/guard-repeat.ts';
import { keepPrint } from './prints/print-store.ts';

const MB = 1024 * 1024;
/** People's phones send more than WhatsApp takes from us; its own limit for what comes in is 100 MB. */
const longestOf: Readonly<Record<MediaKind, number>> = {
  image: 25 * MB,
  sticker: 2 * MB,
  audio: 100 * MB,
  voice: 100 * MB,
  video: 100 * MB,
  document: 100 * MB,
};

/** After so many tries it has failed, until a person asks again. */
const mostAttempts = 8;

/** What is about to be asked for. */
export interface BegunFetch {
  readonly request: MediaRequest;
  readonly kind: MediaKind;
  readonly sha256: Buffer | null;
}

const tell = (ctx: Ctx, messageId: string): void =>
  ctx.notices.add(ctx.actor.workspaceId, 'message', messageId);

/** @returns undefined when there is nothing to ask for, or the gate is closed */
export const beginFetch = async (ctx: Ctx, messageId: string): Promise<BegunFetch | undefined> => {
  const passed = await judgeMedia(ctx, messageId);
  if (passed === undefined) {
    return undefined;
  }
  const { workspaceId, channelId, kind, providerMediaId, providerSha256, isExpired } = passed.item;
  if (isExpired || providerMediaId === null) {
    await setMediaState(ctx.tx, passed.item, { state: 'expired', reason: 'kept-for-a-week' });
    tell(ctx, messageId);
    return undefined;
  }
  if (passed.item.attempts >= mostAttempts) {
    // A file at which the process ended each time is not looked at again.
    await setMediaState(ctx.tx, passed.item, { state: 'failed', reason: 'too-many-attempts' });
    tell(ctx, messageId);
    return undefined;
  }
  await setMediaState(ctx.tx, passed.item, { state: 'fetching', addAttempt: true });
  tell(ctx, messageId);
  const longestBytes = longestOf[kind];
  return {
    request: { workspaceId, channelId, mediaId: providerMediaId, longestBytes },
    kind,
    sha256: providerSha256,
  };
};

/**
 * The bytes are here: contact and message locked, the gate asked once more, and only then does the message name them. What is
 * like something removed is withheld in the same step.
 * @returns false when it may not, and they must go
 */
export const finishFetch = async (
  ctx: Ctx,
  messageId: string,
  media: StoredMedia & { readonly print: Buffer | null },
): Promise<boolean> => {
  const passed = await judgeMedia(ctx, messageId);
  if (passed === undefined) {
    return false;
  }
  const files = [media.sha256, media.thumbnailSha256].filter((file) => file !== null);
  if (!(await lockFiles(ctx.tx, ctx.actor.workspaceId, files))) {
    throw new RepeatTransactionError('a file that is held is not there');
  }
  const { workspaceId, kind } = passed.item;
  if (looksCount.has(kind)) {
    await keepPrint(ctx.tx, workspaceId, media.sha256, media.print);
  }
  await setReady(ctx.tx, passed, media);
  await guardRepeat(ctx, { id: messageId, kind }, media.sha256);
  tell(ctx, messageId);
  return true;
};

/** 10 s, 40 s, 160 s … at most 6 hours: eight of them are over within a day. */
const backOffMs = (attempts: number): number =>
  Math.min(10_000 * 4 ** (attempts - 1), 6 * 3_600_000) * (1 + Math.random() / 4);

export type FetchFailure =
  | { readonly state: 'not-found' | 'too-large' | 'refused-type'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string; readonly isWorthRepeating: boolean };

/**
 * What is not found is gone only once its days are over: until then a token that sees another account has the same answer, and
 * the file comes when the right one is back.
 */
const changeFor = (failure: FetchFailure, place: MediaPlace): MediaChange => {
  const { reason } = failure;
  if (failure.state === 'too-large' || failure.state === 'refused-type') {
    return { state: failure.state, reason };
  }
  if (failure.state === 'not-found' && place.isExpired) {
    return { state: 'expired', reason };
  }
  const isWorthRepeating = failure.state !== 'failed' || failure.isWorthRepeating;
  return isWorthRepeating && place.attempts < mostAttempts
    ? { state: 'waiting', reason, nextAttemptInMs: backOffMs(place.attempts) }
    : { state: 'failed', reason };
};

/** It did not come. What happened to the message meanwhile stands. */
export const failFetch = async (
  ctx: Ctx,
  messageId: string,
  failure: FetchFailure,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const place = await lockMediaPlace(ctx.tx, workspaceId, messageId);
  if (place?.state !== 'fetching') {
    return;
  }
  const change = changeFor(failure, place);
  await setMediaState(ctx.tx, place, change);
  tell(ctx, messageId);
  if (change.nextAttemptInMs !== undefined) {
    await enqueueFetch(ctx.tx, place, new Date(Date.now() + change.nextAttemptInMs));
  }
};
