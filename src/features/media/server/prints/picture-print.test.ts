import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPicture } from '../picture.ts';
import { drawPaper } from '../testing/drawn-papers.ts';
import { alterCopy, asJpeg, asSharp, drawTextured } from '../testing/drawn-pictures.ts';
import {
  bitsApart,
  detailOf,
  keysNear,
  makePrint,
  mostBitsApart,
  printBits,
  printSide,
} from './picture-print.ts';

/** `GUARITA_PRINTS=all` draws the whole set; otherwise a fifth of it, against a library of the same size. */
const isWhole = process.env['GUARITA_PRINTS'] === 'all';
const seed = Number(process.env['GUARITA_PRINTS_SEED'] ?? 20_261_126);
const [copies, papers, strangers] = isWhole ? [500, 300, 5_000] : [100, 60, 1_000];
const librarySize = 10_000;

const longest = isWhole ? 1_200_000 : 240_000;
/** What was measured, and the seed with which it is measured again. */
const say = (text: string): void => void process.stdout.write(`${text}\n`);

let directory: string;
let written = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guarita-prints-'));
  say(
    `prints: seed ${seed}; ${copies} copies, ${papers} papers, ${strangers} new pictures, library of ${librarySize}`,
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** As a picture that arrives is looked at. */
const printOf = async (bytes: Buffer): Promise<Buffer | null> => {
  written += 1;
  const path = join(directory, `${written}`);
  await writeFile(path, bytes);
  const picture = await readPicture(path, 'image/jpeg');
  await rm(path);
  if (picture === undefined) {
    throw new Error('not a picture');
  }
  return picture.print;
};

/** A picture that is drawn small to begin with: a print looks at no more of a large one. */
const smallSquare = (n: number): Promise<Buffer> =>
  asSharp(drawTextured(n, printSide))
    .resize(printSide, printSide, { fit: 'fill' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer();

const at = (square: Buffer, x: number, y: number): number => square[y * printSide + x] ?? 0;
const placed = (square: Buffer, from: (x: number, y: number) => number): Uint8Array =>
  square.map((_, i) => from(i % printSide, Math.floor(i / printSide)));
const last = printSide - 1;

/** One picture turned and mirrored is eight pictures that are like each other in nothing but their drawing. */
const eightPrints = (square: Buffer): Buffer[] =>
  [
    placed(square, (x, y) => at(square, x, y)),
    placed(square, (x, y) => at(square, last - x, y)),
    placed(square, (x, y) => at(square, x, last - y)),
    placed(square, (x, y) => at(square, last - x, last - y)),
    placed(square, (x, y) => at(square, y, x)),
    placed(square, (x, y) => at(square, last - y, x)),
    placed(square, (x, y) => at(square, y, last - x)),
    placed(square, (x, y) => at(square, last - y, last - x)),
  ].map(makePrint);

/** Of the whole set each is drawn by itself, otherwise every eighth. */
const fillLibrary = async (library: Buffer[]): Promise<void> => {
  for (let n = 0; library.length < librarySize; n += 1) {
    const square = await smallSquare(seed + 1_000_000 + n);
    const prints = isWhole ? [makePrint(square)] : eightPrints(square);
    library.push(...prints.slice(0, librarySize - library.length));
  }
};

/** As the database looks one up: by its pieces, then by its bits. */
const isFoundBy = (probe: Buffer, print: Buffer): boolean =>
  bitsApart(probe, print) <= mostBitsApart &&
  keysNear(probe).some((keys, piece) => keys.includes(print.readUInt16BE(piece * 2)));

const matchesAny = (probe: Buffer, library: readonly Buffer[]): boolean =>
  library.some((print) => bitsApart(probe, print) <= mostBitsApart);

const originals = Array.from({ length: copies }, (_, n) => seed + n);

describe('a picture that was removed', () => {
  const prints: (Buffer | null)[] = [];
  const library: Buffer[] = [];
  beforeAll(async () => {
    for (const original of originals) {
      prints.push(await printOf(await asJpeg(drawTextured(original))));
    }
    library.push(...prints.filter((print) => print !== null));
    await fillLibrary(library);
  }, longest);

  it(
    'is recognised in at least 95 of 100 copies: 25 to 200 %, JPEG from 30, up to 3 % cropped at each side',
    async () => {
      let recognised = 0;
      for (const [n, original] of originals.entries()) {
        const probe = await printOf(await alterCopy(drawTextured(original), seed + n));
        const print = prints[n];
        recognised += print && probe && isFoundBy(probe, print) ? 1 : 0;
      }
      say(`prints: ${recognised} of ${copies} altered copies are recognised`);
      expect(recognised / copies).toBeGreaterThanOrEqual(0.95);
    },
    longest,
  );

  it(
    'is no other picture: at most 1 in 1,000 new ones is like anything of 10,000',
    async () => {
      let matched = 0;
      for (let n = 0; n < strangers; n += 1) {
        matched += matchesAny(makePrint(await smallSquare(seed + 2_000_000 + n)), library) ? 1 : 0;
      }
      say(`prints: ${matched} of ${strangers} new pictures match`);
      expect(matched / strangers).toBeLessThanOrEqual(0.001);
    },
    longest,
  );

  it(
    'is never told by a receipt, a screen, a page of text or a flat drawing: those have no print',
    async () => {
      const withPrint: number[] = [];
      for (let n = 0; n < papers; n += 1) {
        if ((await printOf(await drawPaper(seed + n))) !== null) {
          withPrint.push(n);
        }
      }
      expect(withPrint).toEqual([]);
    },
    longest,
  );
});

describe('a print', () => {
  const square = (light: (x: number, y: number) => number): Uint8Array =>
    Uint8Array.from({ length: printSide ** 2 }, (_, i) =>
      light(i % printSide, Math.floor(i / printSide)),
    );
  const slope = square((x, y) => 60 + x * 2 + y);

  it('is 256 bits, the same for the same points, and does not mind brightness', () => {
    const print = makePrint(slope);
    expect(print.byteLength * 8).toBe(printBits);
    expect(bitsApart(print, makePrint(slope))).toBe(0);
    expect(bitsApart(print, makePrint(slope.map((point) => point + 5)))).toBeLessThan(
      mostBitsApart,
    );
  });

  it('of the opposite picture has the opposite bits', () => {
    const rough = square(
      (x, y) => 128 + 50 * Math.sin(x * 0.9 + y * 1.7) + ((x * 7 + y * 13) % 40),
    );
    const apart = bitsApart(makePrint(rough), makePrint(rough.map((point) => 255 - point)));
    expect(apart).toBeGreaterThan(printBits * 0.9);
  });

  it('is looked up by its own pieces and by those with one bit turned', () => {
    const print = makePrint(slope);
    const keys = keysNear(print);
    expect(keys.map((near) => new Set(near).size)).toEqual([17, 17, 17, 17]);
    expect(keys.map(([own]) => own)).toEqual([0, 2, 4, 6].map((at) => print.readUInt16BE(at)));
  });

  it('is made of 64 by 64 points and of nothing else', () => {
    expect(() => makePrint(new Uint8Array(10))).toThrow(RangeError);
  });
});

describe('detail', () => {
  it('of one colour is none', () => {
    const points = new Uint8Array(printSide ** 2).fill(120);
    expect(detailOf({ width: printSide, height: printSide, points }, points)).toEqual({
      shades: 0,
      texture: 0,
      relief: 0,
    });
  });
});
