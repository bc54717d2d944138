import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestBucket, type TestBucket } from '../files/testing/test-bucket.ts';
import { createKeyed } from '../keyed-hash.ts';
import { createBucketPlace } from './bucket-place.ts';
import { createFilePlace } from './file-place.ts';
import { JournalDamagedError, type JournalHead, readLines, writeLine } from './journal-line.ts';
import type { JournalPlace } from './journal-place.ts';

const keyed = createKeyed('a secret for tests, of thirty-two characters');
let dir: string;
let bucket: TestBucket;

beforeAll(async () => {
  bucket = await openTestBucket();
});
afterAll(() => bucket.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'guarita-journal-'));
  return () => rm(dir, { recursive: true, force: true });
});

let made = 0;
const openPlace = (kind: string): JournalPlace =>
  kind === 'file'
    ? createFilePlace(join(dir, 'below', `journal-${++made}.log`))
    : createBucketPlace(bucket.settings);

const all = async <T>(lines: AsyncIterable<T>): Promise<T[]> => {
  const read: T[] = [];
  for await (const line of lines) read.push(line);
  return read;
};

const write = async (place: JournalPlace, n: number, from?: JournalHead) => {
  let head = from;
  const lines: string[] = [];
  for (let one = 0; one < n; one += 1) {
    const line = writeLine(keyed, head, { what: `ação ${one}` });
    lines.push(line.text);
    ({ head } = line);
  }
  await place.append((from?.seq ?? 0) + 1, lines);
  return { head, lines };
};

describe.each(['file', 's3'])('a journal in a %s', (kind) => {
  it('gives back what was added, from any line on, and begins anew when it is set aside', async () => {
    const place = openPlace(kind);
    expect(await all(place.read(1))).toEqual([]);
    const { head, lines } = await write(place, 3);
    const more = await write(place, 2, head);
    const whole = [...lines, ...more.lines];
    for (const from of [1, 2, 4, 5, 6]) {
      expect(await all(place.read(from))).toEqual(whole.slice(from - 1));
    }
    const read = await all(readLines(keyed, place.read(1), 1, undefined));
    expect(read.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    const rest = await all(readLines(keyed, place.read(4), 4, head?.mac));
    expect(rest.map(({ body }) => body)).toMatchObject([{ what: 'ação 0' }, { what: 'ação 1' }]);
    await place.setAside();
    expect(await all(place.read(1))).toEqual([]);
    await write(place, 1);
    expect(await all(place.read(1))).toHaveLength(1);
    await place.setAside();
  });
});

describe('in a bucket', () => {
  it('no line is written over', async () => {
    const place = openPlace('s3');
    await write(place, 2);
    await expect(write(place, 1)).rejects.toThrow('412');
    await place.setAside();
  });

  it('an object for each line, and nothing in it that a person would know', async () => {
    const own = await openTestBucket();
    const { lines } = await write(createBucketPlace(own.settings), 3);
    const keys = await own.keys('journal/lines/');
    expect(keys).toEqual([1, 2, 3].map((seq) => `journal/lines/${`${seq}`.padStart(12, '0')}`));
    expect(await Promise.all(keys.map((key) => own.read(key)))).toEqual(lines);
    await own.close();
  });

  it.each(['ignored', 'refused'] as const)(
    'no journal is begun where writing over is not kept from happening: it is %s',
    async (conditional) => {
      const loose = await openTestBucket({ conditional });
      const place = createBucketPlace(loose.settings);
      // Nor at the next try.
      for (let n = 0; n < 2; n += 1) {
        await expect(write(place, 1)).rejects.toThrow(/If-None-Match.*GUARITA_JOURNAL/s);
        expect(await all(place.read(1))).toEqual([]);
      }
      await loose.close();
    },
  );

  it('that is not there, no journal is read as an empty one', async () => {
    const place = createBucketPlace({ ...bucket.settings, bucket: 'guarita-test-not-there' });
    await expect(all(place.read(1))).rejects.toThrow('404 (NoSuchBucket)');
    await expect(write(place, 1)).rejects.toThrow('404 (NoSuchBucket)');
  });
});

describe('in a file', () => {
  it('a long one is read from its end', async () => {
    const place = openPlace('file');
    const { lines } = await write(place, 3_000);
    expect(await all(place.read(2_990))).toEqual(lines.slice(2_989));
    expect(await all(place.read(3_001))).toEqual([]);
  });

  it('nobody else can read it', async () => {
    const place = openPlace('file');
    await write(place, 1);
    expect((await stat(place.name)).mode & 0o077).toBe(0);
  });
});

describe('a line', () => {
  const two = () => {
    const one = writeLine(keyed, undefined, { what: 'um' });
    return [one.text, writeLine(keyed, one.head, { what: 'dois' }).text] as const;
  };
  const reading = (...lines: string[]) =>
    all(
      readLines(
        keyed,
        (async function* () {
          yield* lines;
        })(),
        1,
        undefined,
      ),
    );

  it('that was changed, or is not in its place, is noticed and named', async () => {
    const [one, other] = two();
    expect(await reading(one, other)).toHaveLength(2);
    await expect(reading(one, other.replace('dois', 'tres'))).rejects.toMatchObject({ seq: 2 });
    await expect(reading(other)).rejects.toThrow(JournalDamagedError);
    await expect(reading(one, one)).rejects.toMatchObject({ seq: 2 });
    await expect(reading('')).rejects.toMatchObject({ seq: 1 });
  });

  it('of another secret is none of ours', async () => {
    const foreign = createKeyed('another secret, of thirty-two characters');
    await expect(reading(writeLine(foreign, undefined, {}).text)).rejects.toMatchObject({ seq: 1 });
  });
});
