import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Settings } from '../config.ts';
import { createS3Client, finish, isAbsent, type S3Client } from '../files/s3-client.ts';
import type { StreamAnswer } from '../stream-request.ts';
import { asideName } from './aside-name.ts';
import type { JournalPlace } from './journal-place.ts';

const folder = 'journal';
/** A current journal has a folder of its own, named by a pointer, because objects are not renamed. */
const pointer = `${folder}/current`;
const first = 'lines';
/** Written for nothing but to see whether it can be written over. */
const touchstone = `${folder}/written-once`;

const keyOf = (lines: string, seq: number): string =>
  `${folder}/${lines}/${String(seq).padStart(12, '0')}`;

const textAt = async ({ ask }: S3Client, path: string): Promise<string | undefined> => {
  const answer = await ask({ method: 'GET', path });
  return (await isAbsent(answer)) ? undefined : finish(answer, 200);
};

const ask = (
  client: S3Client,
  path: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StreamAnswer> => {
  const bytes = Buffer.from(text);
  const body = {
    bytes: Readable.from([bytes]),
    length: bytes.length,
    digest: createHash('sha256').update(bytes).digest(),
  };
  return client.ask({ method: 'PUT', path, headers, body });
};

const put = async (...asked: Parameters<typeof ask>): Promise<void> => {
  await finish(await ask(...asked), 200, 201, 204);
};

const unlessThere = { 'if-none-match': '*' };

/**
 * Stores that take no notice of the condition, or do not know it, would let a process that has lost its lock write over what
 * another one wrote: found out before the first line is.
 * @throws Error with the way out
 */
const refuseLooseStore = async (client: S3Client): Promise<void> => {
  const statuses: number[] = [];
  for (let n = 0; n < 2; n += 1) {
    const answer = await ask(client, touchstone, 'never written over', unlessThere);
    statuses.push(answer.status);
    await finish(answer, 200, 201, 204, 412, 501);
  }
  if (statuses[1] !== 412) {
    throw new Error(
      'this object store does not keep an object from being written over (If-None-Match: *), as a journal in a bucket needs. ' +
        'Put the journal into a file that every process reaches: GUARITA_JOURNAL=/path/journal.log. See docs/operations.md, "The journal".',
    );
  }
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
      if (seq === 1) {
        await refuseLooseStore(client);
      }
      const place = await current(client);
      for (const [index, line] of lines.entries()) {
        await put(client, keyOf(place, seq + index), line, unlessThere);
      }
    },
    setAside: async () => {
      const before = await current(client);
      await put(client, pointer, asideName(first).replace('.before-', '-from-'));
      return `${folder}/${before}/`;
    },
  };
};
