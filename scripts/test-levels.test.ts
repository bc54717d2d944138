import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storiesToday } from './test-levels.ts';

const days = Array.from({ length: 6 }, (_, day) => storiesToday({ GUARITA_TEST_PART: `${day}` }));

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
