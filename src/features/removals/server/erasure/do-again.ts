import type { DoAgain } from '#features/journal/server/index.ts';
import { removeAgain } from '../remove-again.ts';
import { eraseAgain } from './erase-person.ts';

/** What the journal has done again of a database that was restored (decision 0040). */
export const doAgain: DoAgain = { remove: removeAgain, erase: eraseAgain };
