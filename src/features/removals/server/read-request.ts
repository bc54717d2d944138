import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type { RemovalRequest } from '../contract.ts';
import { findRemovalRequest } from './request-queries.ts';

/** @throws AppError removal-request-not-found when it is not there, or not theirs to see */
export const readRequest = async (
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<RemovalRequest> => {
  const request = await findRemovalRequest(deps.db, actor, id);
  if (request === undefined) {
    throw notFound('removal-request');
  }
  return request;
};
