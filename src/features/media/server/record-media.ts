import type { Ctx } from '#platform/server/deps.ts';
import { mediaKinds } from '../contract.ts';
import { deleteContactRule } from './covers/cover-store.ts';
import { enqueueDrops, enqueueFetches } from './job-names.ts';
import { deleteMedia, deleteMediaOf, insertExpected } from './media-store.ts';
import { guardReceived } from './prints/guard-repeat.ts';
import { deleteUploadsOf } from './upload-store.ts';

/** A message that was just stored, as far as its file goes. */
export interface MessageWithMedia {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: string;
  /** channels/whatsapp/README.md, payload by kind. */
  readonly payload: Readonly<Record<string, unknown>>;
}

const textIn = (value: unknown, longest: number): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, longest) : null;

/** Base64 in webhooks, hex in answers; anything else is no digest (docs/whatsapp-cloud-api.md, 3). */
export const readDigest = (value: unknown): Buffer | null => {
  if (typeof value !== 'string') {
    return null;
  }
  const bytes = Buffer.from(value, value.length === 64 ? 'hex' : 'base64');
  return bytes.byteLength === 32 ? bytes : null;
};

const kinds: ReadonlySet<string> = new Set(mediaKinds);

/** Remembers what came with these messages and has it fetched, in the transaction that stores them. */
export const recordMedia = async (
  ctx: Ctx,
  messages: readonly MessageWithMedia[],
): Promise<void> => {
  const expected = messages
    .filter(({ kind }) => kinds.has(kind))
    .map(({ workspaceId, id, payload }) => ({
      workspaceId,
      messageId: id,
      providerMediaId: textIn(payload['mediaId'], 200),
      providerMime: textIn(payload['mimeType'], 200),
      providerSha256: readDigest(payload['sha256']),
      fileName: textIn(payload['fileName'], 255),
      isTooLarge: payload['isTooLarge'] === true,
      isAnimated: payload['isAnimated'] === true,
    }));
  if (expected.length > 0) {
    await insertExpected(ctx.tx, expected);
    await guardReceived(
      ctx,
      expected.flatMap(({ providerSha256: sha256, ...one }) =>
        sha256 === null ? [] : [{ ...one, sha256 }],
      ),
    );
    await enqueueFetches(
      ctx.tx,
      expected.filter(({ providerMediaId }) => providerMediaId !== null),
    );
  }
};

/** The message was taken back, or taken out: its file goes with its text. @returns the files that it named */
export const forgetMedia = async (
  ctx: Ctx,
  message: { workspaceId: string; id: string },
): Promise<Buffer[]> => {
  const files = await deleteMedia(ctx.tx, message.workspaceId, message.id);
  await enqueueDrops(ctx.tx, message.workspaceId, files);
  return files;
};

/** What was put here to be sent goes too where no message names those bytes any more. */
export const forgetUploadsOf = async (ctx: Ctx, files: readonly Buffer[]): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await enqueueDrops(ctx.tx, workspaceId, await deleteUploadsOf(ctx.tx, workspaceId, files));
};

/**
 * A person's data is erased: the files of these messages go, what was put here to be sent of the same bytes, and what holds for
 * the media of the person. @returns the files that they named
 */
export const eraseMedia = async (
  ctx: Ctx,
  contactIds: readonly string[],
  messageIds: readonly string[],
): Promise<Buffer[]> => {
  const { workspaceId } = ctx.actor;
  const files = await deleteMediaOf(ctx.tx, workspaceId, messageIds);
  await enqueueDrops(ctx.tx, workspaceId, files);
  await forgetUploadsOf(ctx, files);
  for (const contactId of contactIds) {
    await deleteContactRule(ctx.tx, workspaceId, contactId);
  }
  return files;
};
