import type { Db } from '#platform/server/deps.ts';
import { bitsApart, keysNear, mostBitsApart } from './picture-print.ts';
import {
  findExactPrint,
  findPrintsByKeys,
  type PrintedFile,
  type RemovedPrint,
} from './print-store.ts';

/** Of looks the nearest first. */
const findAlike = async (db: Db, workspaceId: string, print: Buffer): Promise<RemovedPrint[]> =>
  (await findPrintsByKeys(db, workspaceId, keysNear(print)))
    .map(({ hash, ...removed }) => ({ removed, apart: bitsApart(hash, print) }))
    .filter(({ apart }) => apart <= mostBitsApart)
    .sort((a, b) => a.apart - b.apart)
    .map(({ removed }) => removed);

/** Every print that this file is, or looks like. */
export const findRepeats = async (
  db: Db,
  workspaceId: string,
  { sha256, print }: PrintedFile,
): Promise<RemovedPrint[]> => {
  const exact = await findExactPrint(db, workspaceId, sha256);
  const alike = print === null ? [] : await findAlike(db, workspaceId, print);
  return exact === undefined ? alike : [exact, ...alike];
};

/**
 * The print of something removed that this file is, or looks like: the very same bytes before looks, and of looks the nearest.
 * @param file without a print where only its bytes may tell it, as a document
 */
export const findRepeat = async (
  db: Db,
  workspaceId: string,
  { sha256, print }: PrintedFile,
): Promise<RemovedPrint | undefined> => {
  const exact = await findExactPrint(db, workspaceId, sha256);
  if (exact !== undefined || print === null) {
    return exact;
  }
  return (await findAlike(db, workspaceId, print))[0];
};
