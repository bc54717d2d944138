import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openTestBucket } from '#platform/server/files/testing/test-bucket.ts';

/** The journal, as somebody can do with it who reaches the place where it lies. */
export interface JournalAtHand {
  /** What a server needs to be told of it; a bucket has the media too. */
  readonly env: Readonly<Record<string, string>>;
  /** How the product calls the place. */
  readonly name: string;
  lines(): Promise<string[]>;
  /** These lie there from now on, and no others; without any it is gone. */
  replace(lines: readonly string[]): Promise<void>;
  /** What else lies in the bucket; nothing is in a file but the journal. */
  others(): Promise<string[]>;
  close(): Promise<void>;
}

const aFile = (dir: string): JournalAtHand => {
  const path = join(dir, 'journal.log');
  return {
    env: { GUARITA_JOURNAL: path },
    name: path,
    lines: async () => (await readFile(path, 'utf8')).split('\n').slice(0, -1),
    replace: async (lines) => {
      await rm(path, { force: true });
      if (lines.length > 0) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, lines.map((line) => `${line}\n`).join(''));
      }
    },
    others: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
};

const folder = 'journal/';

const aBucket = async (): Promise<JournalAtHand> => {
  const bucket = await openTestBucket();
  const { endpoint, bucket: name, region, accessKeyId, secretAccessKey } = bucket.settings;
  /** Of the journal that is written now, in their order. */
  const current = async (): Promise<{ readonly below: string; readonly keys: string[] }> => {
    const all = await bucket.keys(folder);
    const pointed = all.includes(`${folder}current`)
      ? await bucket.read(`${folder}current`)
      : 'lines';
    const below = `${folder}${pointed}/`;
    return { below, keys: all.filter((key) => key.startsWith(below)) };
  };
  return {
    env: {
      ...{ S3_ENDPOINT: endpoint, S3_BUCKET: name, S3_REGION: region },
      ...{ S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
    },
    name: `journal/ of the bucket ${name}`,
    lines: async () => Promise.all((await current()).keys.map((key) => bucket.read(key))),
    replace: async (lines) => {
      const { below, keys } = await current();
      for (const key of keys) {
        await bucket.remove(key);
      }
      for (const [index, line] of lines.entries()) {
        await bucket.write(`${below}${String(index + 1).padStart(12, '0')}`, line);
      }
    },
    others: async () => (await bucket.keys()).filter((key) => !key.startsWith(folder)),
    close: () => bucket.close(),
  };
};

export type JournalKind = 'file' | 'bucket';

/** @param dir of the test's own */
export const openJournalAtHand = (kind: JournalKind, dir: string): Promise<JournalAtHand> =>
  kind === 'file' ? Promise.resolve(aFile(dir)) : aBucket();
