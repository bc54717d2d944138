import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../..', import.meta.url));

/** Names of jobs and rights look the same. */
const isNoEvent = (action: string): boolean =>
  /^(gate|conversations|media|contacts|channels|accounts|webhooks|removals)\.(announce|forget|deliver|sweep|index|purge-old|fetch|sync|release|mirror|bring|heal|check|repair|reconcile|settle|tidy|tell|upkeep)/.test(
    action,
  );

/** Every file below `src` whose name this takes, by its text. */
export const textsOf = (isTaken: (name: string) => boolean): readonly string[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(isTaken)
    .map((name) => readFileSync(join(source, name), 'utf8'));

/** What the server is made of, its tests left out. */
export const isOfServer = (name: string): boolean =>
  /server\/.*\.ts$/.test(name) && !name.includes('test');

/** Of every server file: what it hands to `audit`, be it as `action: '…'` or as an argument of that shape. */
export const writtenActions = (): readonly string[] => {
  const found = textsOf(isOfServer)
    .filter((text) => text.includes('audit.ts'))
    .flatMap((text) => [
      ...text.matchAll(
        /'((?:accounts|channels|contacts|conversations|gate|help|installation|media|removals|reports|webhooks)\.[a-z]+-?[a-z-]+)'/g,
      ),
    ]);
  const actions = found.flatMap(([, action]) => (action === undefined ? [] : [action]));
  return [...new Set(actions)].filter((action) => !isNoEvent(action)).sort();
};
