import type { Channel, MediaAnswer } from '#channels/channel.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { FileTooLargeError, type SpooledFile } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import {
  type BegunFetch,
  beginFetch,
  type FetchFailure,
  failFetch,
  finishFetch,
} from './fetch-media.ts';
import { typeAs } from './file-type.ts';
import { inspectFile } from './inspect-file.ts';
import { fetchMediaJob, type MessagePayload, messagePayload } from './job-names.ts';
import { judgeMedia } from './judge-media.ts';
import { keepFiles } from './keep-files.ts';
import { withPoster } from './make-poster.ts';

type Fetcher = Pick<Channel, 'fetchMedia'>;

/** Of the largest file over a slow line. */
const longestMs = 10 * 60_000;

const again = (reason: string): FetchFailure => ({
  state: 'failed',
  reason,
  isWorthRepeating: true,
});

const failureOf = (answer: Exclude<MediaAnswer, { kind: 'bytes' | 'not-asked' }>): FetchFailure => {
  switch (answer.kind) {
    case 'not-found':
      return { state: 'not-found', reason: answer.code };
    case 'too-large':
      return { state: 'too-large', reason: 'file-too-large' };
    case 'failed':
      return { state: 'failed', reason: answer.code, isWorthRepeating: answer.isWorthRepeating };
  }
};

/** @returns the whole file, or why it is not whole */
const takeIn = async (
  deps: Deps,
  bytes: AsyncIterable<Uint8Array>,
  longest: number,
): Promise<SpooledFile | FetchFailure> => {
  try {
    return await deps.files.spool(bytes, longest);
  } catch (error) {
    if (error instanceof FileTooLargeError) {
      return { state: 'too-large', reason: 'file-too-large' };
    }
    // A full or broken disk is not the network's fault, and not the file's: the job fails and comes again.
    if (
      error instanceof Error &&
      'code' in error &&
      /^(ENOSPC|EROFS|EACCES|EIO)$/.test(String(error.code))
    ) {
      throw error;
    }
    return again('cut-off');
  }
};

const isSame = (file: SpooledFile, ...digests: readonly (Buffer | null)[]): boolean =>
  digests.every((digest) => digest === null || digest.equals(file.sha256));

/** Looks at the file, puts it where it stays, and lets the gate decide once more. */
const keep = async (
  deps: Deps,
  { workspaceId, messageId }: MessagePayload,
  begun: BegunFetch,
  file: SpooledFile,
): Promise<FetchFailure | undefined> => {
  const found = await inspectFile(file);
  const mimeType = typeAs(begun.kind, found.mimeType);
  if (mimeType === undefined) {
    return { state: 'refused-type', reason: 'other-type-than-sent' };
  }
  // A film that came as a document or as sound is not shown, and is not covered as what is to be looked at.
  const { thumbnail, ...facts } =
    begun.kind === 'video' ? await withPoster(deps, file.path, found) : found;
  const small =
    thumbnail === null ? undefined : await deps.files.spool([thumbnail], thumbnail.byteLength);
  const media = {
    ...facts,
    mimeType,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    thumbnailSha256: small?.sha256 ?? null,
  };
  try {
    await keepFiles(deps, workspaceId, small === undefined ? [file] : [file, small], () =>
      inTx(deps, systemActor(workspaceId), (ctx) => finishFetch(ctx, messageId, media)),
    );
  } finally {
    await small?.discard();
  }
  return undefined;
};

/** @returns why it did not come; undefined when it did, or may not */
const fetchFile = async (
  deps: Deps,
  channel: Fetcher,
  payload: MessagePayload,
  begun: BegunFetch,
): Promise<FetchFailure | undefined> => {
  const actor = systemActor(payload.workspaceId);
  const answer = await channel.fetchMedia(begun.request, {
    mayAsk: async () =>
      (await inTx(deps, actor, (ctx) => judgeMedia(ctx, payload.messageId))) !== undefined,
    signal: AbortSignal.timeout(longestMs),
  });
  if (answer.kind === 'not-asked') {
    return undefined;
  }
  if (answer.kind !== 'bytes') {
    return failureOf(answer);
  }
  const file = await takeIn(deps, answer.bytes, begun.request.longestBytes);
  if (!('path' in file)) {
    return file;
  }
  try {
    return isSame(file, answer.sha256, begun.sha256)
      ? await keep(deps, payload, begun, file)
      : again('other-bytes-than-told');
  } finally {
    await file.discard();
  }
};

/** Each step a short transaction, no request inside one; the gate is asked before each request and before the bytes stay. */
const fetchMedia = async (deps: Deps, channel: Fetcher, payload: MessagePayload): Promise<void> => {
  const actor = systemActor(payload.workspaceId);
  const begun = await inTx(deps, actor, (ctx) => beginFetch(ctx, payload.messageId));
  if (begun === undefined) {
    return;
  }
  const failure = await fetchFile(deps, channel, payload, begun);
  if (failure !== undefined) {
    await inTx(deps, actor, (ctx) => failFetch(ctx, payload.messageId, failure));
  }
};

/** The jobs that read files from the channel: slow ones, which must not stand in the way of messages. */
export const fetchJobs = (channel: Fetcher): AnyJob[] => [
  forList({
    ...fetchMediaJob,
    payload: messagePayload,
    run: (payload, { deps }) => fetchMedia(deps, channel, payload),
  }),
];
