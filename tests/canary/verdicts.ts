import { readOperations } from '../../src/app/server/testing/api-document.ts';
import { crawl } from '../../src/app/server/testing/crawl.ts';
import type { Caller } from '../../src/app/server/testing/http-client.ts';
import { filesLeft, filesOfWorkspace, wordsInFiles, wordsInTables } from './look.ts';
import type { Planted } from './plant.ts';
import type { Scene } from './scene.ts';
import { canaryPlaces, inFiles } from './words.ts';

/** Programs with a key of the least and of the most rights, for what each role was asked before. */
export const twoProgramsOf = ({ setting }: Scene): Caller[] =>
  [setting.agentKey, setting.adminKey].map((key) => ({ key }));

/** Programs with a key of each role. */
const programsOf = ({ setting }: Scene): Caller[] =>
  [setting.agentKey, setting.moderatorKey, setting.adminKey].map((key) => ({ key }));

/** All that these can read, whatever they search for. @param callers of each role; programs unless told otherwise */
export const readEverything = async (
  scene: Scene,
  ids: readonly string[],
  callers: readonly Caller[] = programsOf(scene),
): Promise<string> => {
  const { http, words } = scene;
  const operations = await readOperations(http);
  const told: string[] = [];
  for (const caller of callers) {
    told.push(...(await crawl(http, operations.values(), caller, ids)));
    for (const word of Object.values(words)) {
      for (const path of [`/messages/search?query=${word}`, `/conversations?search=${word}`]) {
        told.push((await http(`/api/v1${path}`, caller)).text);
      }
    }
    for (const id of ids) {
      for (const path of ['media', 'media/thumbnail']) {
        told.push((await http(`/api/v1/messages/${id}/${path}`, caller)).text);
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
  const told = await readEverything(scene, named, twoProgramsOf(scene));
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
  // Original and thumbnail of a picture and a film, two documents, a sticker, a voice; and the picture that stays.
  const files = await filesOfWorkspace(dataDir, setting.workspaceId);
  verdicts.holds('before: so are thumbnails and posters', files.size >= 10, String(files.size));
};

export const lookAfter = async (
  scene: Scene,
  { named }: Planted,
  when: string,
  callers?: readonly Caller[],
): Promise<void> => {
  const { verdicts, words, setting, dataDir, server } = scene;
  const all = Object.values(words);
  const told = await readEverything(scene, named, callers);
  verdicts.none(
    `${when}: no answer tells a word`,
    all.filter((word) => told.includes(word)),
  );
  verdicts.none(`${when}: no table holds a word`, await wordsInTables(setting.pool, all));
  verdicts.none(`${when}: nothing in the storage`, await wordsInFiles(dataDir, all));
  const { workspaceId, pool } = setting;
  verdicts.none(
    `${when}: no file is left that nothing names`,
    await filesLeft(pool, dataDir, workspaceId),
  );
  const files = await filesOfWorkspace(dataDir, workspaceId);
  verdicts.holds(`${when}: the picture that stays is there`, files.size === 2, String(files.size));
  verdicts.none(
    `${when}: nothing in the log`,
    server.lines.filter((line) => all.some((word) => line.includes(word))),
  );
};
