import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ptBR } from './locales/pt-br.ts';

const source = fileURLToPath(new URL('../../..', import.meta.url));

/** Of every server file: what it hands to `audit`, be it as `action: '…'` or as an argument of that shape. */
const writtenActions = (): Set<string> => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /server\/.*\.ts$/.test(name) && !name.includes('test'),
  );
  const found = files.flatMap((name) => {
    const text = readFileSync(join(source, name), 'utf8');
    if (!text.includes('audit.ts')) return [];
    return [
      ...text.matchAll(
        /'((?:accounts|channels|contacts|conversations|gate|help|installation|media|removals|reports|webhooks)\.[a-z]+-?[a-z-]+)'/g,
      ),
    ];
  });
  return new Set(found.flatMap(([, action]) => (action === undefined ? [] : [action])));
};

/** Names of jobs and rights look the same. */
const isNoEvent = (action: string): boolean =>
  /^(gate|conversations|media|contacts|channels|accounts|webhooks|removals)\.(announce|forget|deliver|sweep|index|purge-old|fetch|sync|release|mirror|bring|heal|check|repair|reconcile|settle|tidy|tell|upkeep)/.test(
    action,
  );

const wordsOf = (action: string): unknown => {
  const [area = '', thing = ''] = action.split('.');
  const areas: Readonly<Record<string, Readonly<Record<string, string>>>> = ptBR.actions;
  return areas[area]?.[thing];
};

describe('every event that the server writes', () => {
  const actions = [...writtenActions()].filter((action) => !isNoEvent(action)).sort();

  it('is found by this test', () => {
    expect(actions.length).toBeGreaterThan(20);
  });

  it.each(actions)('%s has words', (action) => {
    expect(wordsOf(action)).toEqual(expect.any(String));
  });
});
