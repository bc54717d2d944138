import type { Actor } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Right } from '../contract.ts';
import { can } from './permissions.ts';

/** @throws AppError forbidden (403) when the actor's role does not carry the right, or the key was not given it */
export const requireCan = (actor: Actor, right: Right): void => {
  if (!can(actor, right)) {
    throw new AppError('forbidden', 403);
  }
};

/**
 * For what only a person can do, not a program with a key.
 * @returns the member's id
 * @throws AppError forbidden (403)
 */
export const requirePerson = (actor: Actor): string => {
  if (actor.kind !== 'member' || actor.id === null) {
    throw new AppError('forbidden', 403);
  }
  return actor.id;
};
