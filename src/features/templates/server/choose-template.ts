import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { fileHeaders, type SendTemplate } from '../contract.ts';
import { type FilledTemplate, fillTemplate } from './fill-template.ts';
import { templatePayloadSchema } from './template-payload.ts';
import { findTemplate } from './template-store.ts';

/** A message of ours that was made of a template, to be sent once more as it was filled in then. */
export interface TemplateAgain {
  /** As it is stored. */
  readonly again: unknown;
  readonly text: string;
  /** Whose file, if its header is one, goes with it. */
  readonly messageId: string;
}

type Wanted = { id: string | null; name: string | null; language: string | null };

const findSendable = async (ctx: Ctx, channelId: string, wanted: Wanted) => {
  const place = { workspaceId: ctx.actor.workspaceId, channelId };
  const found = await findTemplate(ctx.tx, place, wanted);
  if (found === undefined) {
    throw notFound('template');
  }
  if (found.status !== 'approved' || !found.isSupported) {
    throw new AppError('template-not-sendable', 422);
  }
  return found;
};

const refill = async (
  ctx: Ctx,
  channelId: string,
  { again, text, messageId }: TemplateAgain,
): Promise<FilledTemplate> => {
  const payload = templatePayloadSchema.parse(again);
  const { name, language, header } = payload.template;
  await findSendable(ctx, channelId, { id: null, name, language });
  const kind = fileHeaders.find((one) => one === header.kind);
  return { text, payload, file: kind === undefined ? null : { kind, messageId } };
};

/**
 * The template that was asked for, filled in; one that is sent again must still be approved.
 * @throws AppError template-not-found, template-not-sendable, template-parameters
 */
export const chooseTemplate = async (
  ctx: Ctx,
  channelId: string,
  given: SendTemplate | TemplateAgain,
): Promise<FilledTemplate> => {
  if ('again' in given) {
    return refill(ctx, channelId, given);
  }
  const { templateId: id = null, name = null, language = null } = given;
  const found = await findSendable(ctx, channelId, { id, name, language });
  return fillTemplate({ ...found.components, name: found.name, language: found.language }, given);
};
