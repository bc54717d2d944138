import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { FamilyMember } from './lineage-store.ts';
import { lockLineage } from './lock-lineage.ts';

/** A message that may be asked to go. */
export type Removable = Omit<FamilyMember, 'externalId' | 'status'>;

/** What the product says of itself, and what stands at another message. */
const withoutContent = new Set<FamilyMember['kind']>(['activity', 'reaction']);

/**
 * The messages that are named, locked with all that is copied from one to the other; the first locks of whoever covers,
 * restores or removes. In id order. What was removed already is among them, with `withheld: 'removed'`.
 * @throws AppError message-not-found, message-not-removable
 */
export const findRemovable = async (
  ctx: Ctx,
  messageIds: readonly string[],
): Promise<Removable[]> => {
  const named = new Set(messageIds);
  const { members } = await lockLineage(ctx, [...named]);
  const found = members.filter(({ id }) => named.has(id));
  if (found.length < named.size) {
    throw notFound('message');
  }
  if (found.some(({ kind }) => withoutContent.has(kind))) {
    throw new AppError('message-not-removable', 422);
  }
  return found.map(({ externalId: _externalId, status: _status, ...removable }) => removable);
};
