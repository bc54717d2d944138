import { describe, expect, it } from 'vitest';
import { ApiProblem } from '#platform/web/http.ts';
import { inParts } from './in-parts.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const doAll = (part: readonly string[]) => Promise.resolve({ done: part.length, failed: [] });
const away = () => Promise.reject(new ApiProblem(0, { code: 'network' }));

describe('what is done to many', () => {
  it('is asked for in parts, and told part by part', async () => {
    const told: number[] = [];
    const answer = await inParts(ids, 2, doAll, (asked) => told.push(asked));
    expect(answer).toEqual({ done: 5, failed: [], stillOnWire: [] });
    expect(told).toEqual([2, 4, 5]);
  });

  it('tells what was done when a later part finds no answer', async () => {
    const asked: string[][] = [];
    const answer = await inParts(ids, 2, (part) => {
      asked.push([...part]);
      return asked.length === 1
        ? Promise.resolve({
            done: 1,
            failed: [{ contactId: 'b', code: 'contact-not-blocked' as const }],
          })
        : away();
    });
    expect(answer.done).toBe(1);
    expect(answer.failed).toEqual([
      { contactId: 'b', code: 'contact-not-blocked' },
      ...['c', 'd', 'e'].map((contactId) => ({ contactId, code: 'unavailable' })),
    ]);
    expect(asked).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('fails as a whole when nothing was done', async () => {
    await expect(inParts(ids, 2, away)).rejects.toMatchObject({ code: 'network' });
  });
});
