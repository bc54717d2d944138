import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { type Turns, takeTurns } from './take-turns.ts';

const turnsOf = new WeakMap<Deps, Turns>();

/**
 * Few passwords at a time: guesses sent at once cannot outrun the count of failures by more than this, and the
 * threads that hash are not taken from everybody else.
 */
const atOnce = 3;
const longestQueue = 500;

const turns = (deps: Deps): Turns => {
  const found = turnsOf.get(deps) ?? takeTurns(atOnce);
  turnsOf.set(deps, found);
  return found;
};

/**
 * Compares a password when its turn comes, wherever it was typed.
 * @throws AppError too-many-attempts (429) when too many wait
 */
export const inTurn = async <T>(deps: Deps, work: () => Promise<T>): Promise<T> => {
  if (turns(deps).waiting() >= longestQueue) {
    throw new AppError('too-many-attempts', 429, { retryAfterSeconds: 5 });
  }
  return turns(deps).run(work);
};
