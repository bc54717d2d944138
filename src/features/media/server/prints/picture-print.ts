/**
 * The perceptual print of a picture: 256 bits of what it looks like as a whole, which a copy that was made smaller, saved
 * anew or cropped a little shares, and another picture does not (decision 0038).
 *
 * The picture is drawn into a square of 64 by 64 grey points and taken apart into waves (a cosine transform); each of the
 * 256 slowest waves but the first gives a bit, whether it begins bright or dark. Cropping moves the slow ones least, so those
 * come first, and are what a print is looked up by.
 */
export const printSide = 64;
export const printBits = 256;
export const printBytes = printBits / 8;

/** Copies are 30 bits apart in the middle and 60 at the worst, other pictures 128 and, of ten million pairs, not below 60. */
export const mostBitsApart = 58;

/** A print is looked up by so many pieces of 16 bits, from its slowest waves; a copy has one of them right but for a bit. */
export const keyCount = 4;
const keyBits = 16;

const highest = 18;

const wavesOf = (wave: number): Float64Array =>
  Float64Array.from({ length: printSide }, (_, i) =>
    Math.cos((Math.PI * wave * (i + 0.5)) / printSide),
  );
const waves: readonly Float64Array[] = Array.from({ length: highest + 1 }, (_, k) => wavesOf(k));

interface Wave {
  readonly down: number;
  readonly across: number;
}

/** A wave that is not there begins neither bright nor dark; the sums have some noise in their last digits. */
const noise = 1e-6;

/** From slow to fast, without the first, which is the brightness of the whole. */
const slowest: readonly Wave[] = waves
  .flatMap((_, down) => waves.map((__, across): Wave => ({ down, across })))
  .filter(({ down, across }) => down + across > 0)
  .sort((a, b) => a.down ** 2 + a.across ** 2 - (b.down ** 2 + b.across ** 2) || a.down - b.down)
  .slice(0, printBits);

const product = (a: Float64Array, b: ArrayLike<number>, from: number): number => {
  let sum = 0;
  for (let i = 0; i < printSide; i += 1) {
    sum += (a[i] ?? 0) * (b[from + i] ?? 0);
  }
  return sum;
};

/** @param square 64 by 64 grey points, row by row */
export const makePrint = (square: Uint8Array): Buffer => {
  if (square.length !== printSide ** 2) {
    throw new RangeError(`a print is made of ${printSide} by ${printSide} points`);
  }
  // By rows first: one column of sums for each wave across.
  const columns = waves.map((wave) =>
    Float64Array.from({ length: printSide }, (_, y) => product(wave, square, y * printSide)),
  );
  const print = Buffer.alloc(printBytes);
  for (const [bit, { down, across }] of slowest.entries()) {
    const [wave, column] = [waves[down], columns[across]];
    if (wave !== undefined && column !== undefined && product(wave, column, 0) > noise) {
      const byte = bit >> 3;
      print.writeUInt8(print.readUInt8(byte) | (0x80 >> (bit & 7)), byte);
    }
  }
  return print;
};

const onesIn = Uint8Array.from({ length: 256 }, (_, byte) =>
  [...byte.toString(2)].reduce((sum, digit) => sum + Number(digit), 0),
);

/** How many bits of two prints are unlike. */
export const bitsApart = (a: Uint8Array, b: Uint8Array): number => {
  let apart = 0;
  for (let i = 0; i < printBytes; i += 1) {
    apart += onesIn[(a[i] ?? 0) ^ (b[i] ?? 0)] ?? 0;
  }
  return apart;
};

/** For each piece the numbers under which a like print may be: its own, and those with one bit turned. */
export const keysNear = (print: Buffer): number[][] =>
  Array.from({ length: keyCount }, (_, piece) => {
    const key = print.readUInt16BE(piece * 2);
    return [key, ...Array.from({ length: keyBits }, (__, bit) => key ^ (1 << bit))];
  });

/** How much there is to tell a picture by. */
export interface Detail {
  /** How many shades of grey it spreads over, in bits: 0 for one, 6 for all of 64 alike. Paper and screens have few. */
  readonly shades: number;
  /** The same within a sixteenth of it, on average: a text has paper and ink, whatever light falls on it. */
  readonly texture: number;
  /** How far its parts differ in brightness, as a standard deviation: what the print is made of. */
  readonly relief: number;
}

const shadeCount = 64;
const tiles = 4;

const entropy = (counts: Uint32Array, from: number): number => {
  const part = counts.subarray(from, from + shadeCount);
  const all = part.reduce((sum, count) => sum + count, 0);
  return part.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / all) * Math.log2(count / all)),
    0,
  );
};

/** Grey points, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly points: Uint8Array;
}

const shadesOf = ({ width, height, points }: GreyPicture): Pick<Detail, 'shades' | 'texture'> => {
  const whole = new Uint32Array(shadeCount);
  const parts = new Uint32Array(tiles * tiles * shadeCount);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * tiles) / height) * tiles;
    for (let x = 0; x < width; x += 1) {
      const shade = (points[y * width + x] ?? 0) >> 2;
      const at = (row + Math.floor((x * tiles) / width)) * shadeCount + shade;
      parts[at] = (parts[at] ?? 0) + 1;
      whole[shade] = (whole[shade] ?? 0) + 1;
    }
  }
  const each = Array.from({ length: tiles * tiles }, (_, n) => entropy(parts, n * shadeCount));
  return {
    shades: entropy(whole, 0),
    texture: each.reduce((sum, bits) => sum + bits, 0) / each.length,
  };
};

const reliefOf = (square: Uint8Array): number => {
  const side = 16;
  const step = printSide / side;
  const means = new Float64Array(side * side);
  for (let i = 0; i < square.length; i += 1) {
    const at = Math.floor(i / printSide / step) * side + Math.floor((i % printSide) / step);
    means[at] = (means[at] ?? 0) + (square[i] ?? 0) / step ** 2;
  }
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  return Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length);
};

/** @param square the same picture as 64 by 64 points */
export const detailOf = (picture: GreyPicture, square: Uint8Array): Detail => ({
  ...shadesOf(picture),
  relief: reliefOf(square),
});

/**
 * Receipts, documents, screens and flat drawings look alike whatever they say: they are never told by their looks. The
 * bounds lie between what was measured of pictures and of papers (decision 0038).
 */
export const hasEnoughDetail = ({ shades, texture, relief }: Detail): boolean =>
  shades >= 3.5 && texture >= 2.5 && relief >= 12;
