import { patiently } from '#platform/web/patiently.ts';
import type { BulkAnswer, BulkBlockAnswer } from '../../bulk/contract.ts';

/**
 * Any number of contacts, in as many requests as it takes, one after the other. Where one of them fails after others were answered,
 * those who are left are failures (`unavailable`): what was done is told.
 * @param onPart is told after each request how many contacts have been asked for
 * @throws what the first request fails with
 */
export const inParts = async (
  contactIds: readonly string[],
  size: number,
  ask: (part: readonly string[]) => Promise<BulkAnswer | BulkBlockAnswer>,
  onPart?: (asked: number) => void,
): Promise<BulkBlockAnswer> => {
  const all: BulkBlockAnswer = { done: 0, failed: [], stillOnWire: [] };
  for (let start = 0; start < contactIds.length; start += size) {
    const part = contactIds.slice(start, start + size);
    try {
      const answer = await patiently(() => ask(part));
      all.done += answer.done;
      all.failed.push(...answer.failed);
      // Only a block tells of any.
      if ('stillOnWire' in answer) all.stillOnWire.push(...answer.stillOnWire);
    } catch (error) {
      if (start === 0) throw error;
      const left = contactIds.slice(start);
      all.failed.push(...left.map((contactId) => ({ contactId, code: 'unavailable' as const })));
      return all;
    }
    onPart?.(start + part.length);
  }
  return all;
};
