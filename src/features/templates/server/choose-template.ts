import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { SendTemplate } from '../contract.ts';
import { type FilledTemplate, fillTemplate } from './fill-template.ts';
import { findTemplate } from './template-store.ts';

/**
 * The template that was asked for, filled in.
 * @throws AppError template-not-found, template-not-sendable, template-parameters
 */
export const chooseTemplate = async (
  ctx: Ctx,
  channelId: string,
  given: SendTemplate,
): Promise<FilledTemplate> => {
  const { templateId: id = null, name = null, language = null } = given;
  const found = await findTemplate(
    ctx.tx,
    { workspaceId: ctx.actor.workspaceId, channelId },
    { id, name, language },
  );
  if (found === undefined) {
    throw notFound('template');
  }
  if (found.status !== 'approved' || !found.isSupported) {
    throw new AppError('template-not-sendable', 422);
  }
  return fillTemplate({ ...found.components, name: found.name, language: found.language }, given);
};
