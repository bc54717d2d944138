import { randomUUID } from 'node:crypto';
import type { ChangeNotice } from './announce.ts';

/** Far more than are ever between a commit and its notice; beyond, the notices of them are not coming. */
const mostAwaited = 10_000;

/**
 * What this process commits is told to its own screens at once: the way through the database would wake up two more
 * processes first. The database tells it too, also of a commit whose answer was lost; whichever comes first counts.
 */
export interface OwnCommits {
  /** An id for a notice that this process is about to write. */
  newId(): string;
  /** Whether this process wrote it. */
  isOwn(notice: ChangeNotice): boolean;
  /** Right after the commit. */
  tell(notice: ChangeNotice): void;
  /** One listener, who gets each notice of this process once, and those of others as they come. */
  listen(hear: (notice: ChangeNotice) => void): (fromDatabase: ChangeNotice) => void;
}

export const createOwnCommits = (): OwnCommits => {
  const origin = randomUUID();
  const prefix = `${origin}.`;
  let made = 0;
  let pass: ((notice: ChangeNotice) => void) | undefined;
  /** Heard by one of the two ways; the other one is still to come. */
  const awaited = new Set<string>();
  const isOwn = ({ id }: ChangeNotice): boolean => id?.startsWith(prefix) === true;

  return {
    newId: () => {
      made += 1;
      return `${prefix}${made}`;
    },
    isOwn,
    tell: (notice) => pass?.(notice),
    listen: (hear) => {
      pass = (notice) => {
        const { id } = notice;
        if (id !== undefined && isOwn(notice)) {
          if (awaited.delete(id)) {
            return;
          }
          if (awaited.size >= mostAwaited) {
            awaited.clear();
          }
          awaited.add(id);
        }
        hear(notice);
      };
      return pass;
    },
  };
};
