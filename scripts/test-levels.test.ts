import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storiesToday, testLevels } from './test-levels.ts';

const days = Array.from({ length: 6 }, (_, day) => {
  const { always, ofTheDay } = storiesToday({ GUARITA_TEST_PART: `${day}` });
  return [...always, ...ofTheDay];
});

describe('the stories of a run', () => {
  it('are all told in six days', () => {
    const all = readdirSync(new URL('../e2e', import.meta.url))
      .filter((name) => name.endsWith('.story.ts'))
      .map((name) => `e2e/${name}`);
    expect(new Set(days.flat())).toEqual(new Set(all));
  });

  it.each(days)('hold the seed and what is of every page, each once (%#)', (...stories) => {
    expect(stories).toEqual(
      expect.arrayContaining(['e2e/seed.story.ts', 'e2e/accessibility.story.ts']),
    );
    expect(new Set(stories).size).toBe(stories.length);
    expect(stories.length).toBeGreaterThan(10);
  });
});

describe('the levels of a run', () => {
  const dueOn = (day: number): string[] =>
    testLevels({ GUARITA_TEST_PART: `${day}` }).flatMap(({ levels }) =>
      levels.filter(({ isDue }) => isDue).map(({ name }) => name),
    );

  it('are all due each day, but for the bucket, which is every third', () => {
    expect([0, 1, 2, 3, 4, 5].map((day) => dueOn(day).includes('bucket'))).toEqual([
      ...[true, false, false],
      ...[true, false, false],
    ]);
    expect(dueOn(1)).toEqual(dueOn(0).filter((name) => name !== 'bucket'));
    expect(dueOn(1)).toEqual(
      expect.arrayContaining(['feature', 'concurrency', 'crash', 'stories', 'stories of the day']),
    );
  });

  it('wait for another day where the machine is slow only if others ask the same, or another day does', () => {
    const waiting = testLevels({}).flatMap(({ levels }) =>
      levels.filter(({ latestStartMs }) => latestStartMs !== undefined).map(({ name }) => name),
    );
    expect(waiting).toEqual(['canary', 'fuzz', 'backup', 'nodes', 'bucket', 'stories of the day']);
  });
});
