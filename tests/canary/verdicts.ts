import { readOperations } from '../../src/app/server/testing/api-document.ts';
import { crawl } from '../../src/app/server/testing/crawl.ts';
import { wordsInFiles, wordsInTables } from './look.ts';
import type { Planted } from './plant.ts';
import type { Scene } from './scene.ts';
import { canaryPlaces, inFiles } from './words.ts';

/** All that anybody can read, by their keys, whatever they search for. */
export const readEverything = async (
  { http, setting, words }: Scene,
  ids: readonly string[],
): Promise<string> => {
  const operations = await readOperations(http);
  const told: string[] = [];
  for (const key of [setting.agentKey, setting.moderatorKey, setting.adminKey]) {
    told.push(...(await crawl(http, operations.values(), { key }, ids)));
    for (const word of Object.values(words)) {
      for (const path of [`/messages/search?query=${word}`, `/conversations?search=${word}`]) {
        told.push((await http(`/api/v1${path}`, { key })).text);
      }
    }
    for (const id of ids) {
      for (const path of ['media', 'media/thumbnail']) {
        told.push((await http(`/api/v1/messages/${id}/${path}`, { key })).text);
      }
    }
  }
  return told.join('\n');
};

export const lookBefore = async (scene: Scene, { named }: Planted): Promise<void> => {
  const { verdicts, words, setting, dataDir } = scene;
  const rowWords = canaryPlaces
    .filter((place) => !inFiles.includes(place) && place !== 'text')
    .map((place) => words[place]);
  const missing = (all: readonly string[], found: string): string[] =>
    all.filter((word) => !found.includes(word));
  const told = await readEverything(scene, named);
  verdicts.none(
    'before: every word is told by the API',
    missing(
      canaryPlaces.filter((place) => !['text', 'key'].includes(place)).map((place) => words[place]),
      told,
    ),
  );
  const rows = await wordsInTables(setting.pool, rowWords);
  verdicts.none('before: every word is in a table', missing(rowWords, rows.join()));
  const fileWords = inFiles.map((place) => words[place]);
  const stored = await wordsInFiles(dataDir, fileWords);
  verdicts.none('before: the files are in the storage', missing(fileWords, stored.join()));
};

export const lookAfter = async (scene: Scene, { named }: Planted, when: string): Promise<void> => {
  const { verdicts, words, setting, dataDir, server } = scene;
  const all = Object.values(words);
  const told = await readEverything(scene, named);
  verdicts.none(
    `${when}: no answer tells a word`,
    all.filter((word) => told.includes(word)),
  );
  verdicts.none(`${when}: no table holds a word`, await wordsInTables(setting.pool, all));
  verdicts.none(`${when}: nothing in the storage`, await wordsInFiles(dataDir, all));
  verdicts.none(
    `${when}: nothing in the log`,
    server.lines.filter((line) => all.some((word) => line.includes(word))),
  );
};
