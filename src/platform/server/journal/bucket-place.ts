import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Settings } from '../config.ts';
import { createS3Client, finish, type S3Client } from '../files/s3-client.ts';
import { asideName } from './aside-name.ts';
import type { JournalPlace } from './journal-place.ts';

const folder = 'journal';
/** A current journal has a folder of its own, named by a pointer, because objects are not renamed. */
const pointer = `${folder}/current`;
const first = 'lines';

const keyOf = (lines: string, seq: number): string =>
  `${folder}/${lines}/${String(seq).padStart(12, '0')}`;

const textAt = async ({ ask }: S3Client, path: string): Promise<string | undefined> => {
  const answer = await ask({ method: 'GET', path });
  if (answer.status === 404) {
    answer.body.resume();
    return undefined;
  }
  return finish(answer, 200);
};

const put = async (
  { ask }: S3Client,
  path: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const bytes = Buffer.from(text);
  const body = {
    bytes: Readable.from([bytes]),
    length: bytes.length,
    digest: createHash('sha256').update(bytes).digest(),
  };
  await finish(await ask({ method: 'PUT', path, headers, body }), 200, 201, 204);
};

const current = async (client: S3Client): Promise<string> =>
  (await textAt(client, pointer))?.trim() ?? first;

async function* read(client: S3Client, from: number): AsyncIterable<string> {
  const lines = await current(client);
  const choice = { prefix: `${folder}/${lines}/`, after: keyOf(lines, from - 1) };
  for await (const { key } of client.list(choice)) {
    // An object that is gone again leaves a gap, which shows.
    yield (await textAt(client, key)) ?? '';
  }
}

/** An object for each entry, in the bucket that the media lie in; none is ever written over. */
export const createBucketPlace = (settings: S3Settings): JournalPlace => {
  const client = createS3Client(settings);
  return {
    name: `${folder}/ of the bucket ${settings.bucket}`,
    isNear: false,
    read: (from) => read(client, from),
    append: async (seq, lines) => {
      const place = await current(client);
      for (const [index, line] of lines.entries()) {
        await put(client, keyOf(place, seq + index), line, { 'if-none-match': '*' });
      }
    },
    setAside: async () => {
      const before = await current(client);
      await put(client, pointer, asideName(first).replace('.before-', '-from-'));
      return `${folder}/${before}/`;
    },
  };
};
