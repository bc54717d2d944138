import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { asideName } from './aside-name.ts';
import type { JournalPlace } from './journal-place.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const pieceBytes = 64 * 1024;
const lineFeed = 0x0a;

const withFile = async <T>(
  path: string,
  flags: string,
  work: (file: FileHandle) => Promise<T>,
): Promise<T> => {
  const file = await open(path, flags, 0o600);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
};

/** A name in a directory is on the disk once the directory is. */
const syncDirectory = (path: string): Promise<void> => withFile(path, 'r', (dir) => dir.sync());

const readPiece = async (file: FileHandle, end: number): Promise<Buffer> => {
  const start = Math.max(0, end - pieceBytes);
  const piece = Buffer.alloc(end - start);
  await file.read(piece, 0, piece.length, start);
  return piece;
};

/** Where the last whole line ends: what follows it was being written when the power went, and was never answered. */
const wholeBytes = async (file: FileHandle): Promise<number> => {
  for (let end = (await file.stat()).size; end > 0; end = Math.max(0, end - pieceBytes)) {
    const piece = await readPiece(file, end);
    const last = piece.lastIndexOf(lineFeed);
    if (last >= 0) {
      return end - piece.length + last + 1;
    }
  }
  return 0;
};

const seqOf = (line: string): number => Number(/^[0-9a-f]{64} \{"seq":(\d+)/.exec(line)?.[1] ?? 0);

/** The last lines, from this one on: read from the end, so that a long journal costs no more than a short one. */
const readTail = async (file: FileHandle, from: number): Promise<string[]> => {
  let end = await wholeBytes(file);
  let bytes = Buffer.alloc(0);
  for (;;) {
    const piece = await readPiece(file, end);
    bytes = Buffer.concat([piece, bytes]);
    end -= piece.length;
    const lines = bytes.toString('utf8').split('\n').slice(0, -1);
    // The first may be half a line.
    const known = end === 0 ? lines : lines.slice(1);
    const first = known.find((line) => seqOf(line) > 0);
    if (end === 0 || (first !== undefined && seqOf(first) <= from)) {
      const at = known.findIndex((line) => seqOf(line) >= from);
      return at < 0 ? [] : known.slice(at);
    }
  }
};

async function* readWhole(path: string): AsyncIterable<string> {
  const bytes = await withFile(path, 'r', wholeBytes);
  if (bytes > 0) {
    const input = createReadStream(path, { end: bytes - 1 });
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  }
}

async function* read(path: string, from: number): AsyncIterable<string> {
  try {
    if (from <= 1) {
      yield* readWhole(path);
    } else {
      yield* await withFile(path, 'r', (file) => readTail(file, from));
    }
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
  }
}

const append = async (path: string, lines: readonly string[]): Promise<void> => {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await withFile(path, 'a+', async (file) => {
    const whole = await wholeBytes(file);
    if (whole < (await file.stat()).size) {
      await file.truncate(whole);
    }
    await file.appendFile(lines.map((line) => `${line}\n`).join(''));
    await file.sync();
  });
  await syncDirectory(directory);
};

/** A file with a line for each entry, which is only ever added to; readable by the account that runs the server alone. */
export const createFilePlace = (given: string): JournalPlace => {
  const path = resolve(given);
  return {
    name: path,
    isNear: true,
    read: (from) => read(path, from),
    append: (_seq, lines) => append(path, lines),
    setAside: async () => {
      const aside = asideName(path);
      try {
        await rename(path, aside);
      } catch (error) {
        if (!isMissing(error)) {
          throw error;
        }
      }
      return aside;
    },
  };
};
