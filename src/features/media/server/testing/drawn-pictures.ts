import sharp, { type Sharp } from 'sharp';
import { seededRandom } from '#platform/shared/testing/seeded-random.ts';

/** Points of three bytes. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly points: Buffer;
}

type Random = () => number;
type Field = Float32Array;

const between = (random: Random, least: number, most: number): number =>
  least + (most - least) * random();

/** A coarse grid of chance, drawn out smoothly over the whole picture and added to what is there. */
const addOctave = (
  field: Field,
  width: number,
  height: number,
  cells: number,
  amplitude: number,
  random: Random,
): void => {
  const across = cells + 2;
  const grid = Float32Array.from({ length: across * across }, () => (random() * 2 - 1) * amplitude);
  const at = (index: number): number => grid[index] ?? 0;
  const easeOf = (length: number): { cell: number; part: number }[] =>
    Array.from({ length }, (_, i) => {
      const place = ((i + 0.5) / length) * cells;
      const t = place % 1;
      return { cell: Math.floor(place), part: t * t * (3 - 2 * t) };
    });
  const columns = easeOf(width);
  for (const [y, row] of easeOf(height).entries()) {
    const from = row.cell * across;
    for (let x = 0; x < width; x += 1) {
      const { cell, part } = columns[x] ?? { cell: 0, part: 0 };
      const upper = at(from + cell) * (1 - part) + at(from + cell + 1) * part;
      const lower = at(from + across + cell) * (1 - part) + at(from + across + cell + 1) * part;
      field[y * width + x] =
        (field[y * width + x] ?? 0) + upper * (1 - row.part) + lower * row.part;
    }
  }
};

/** As in pictures of nature, what is twice as fine is about half as strong. */
const natural = (width: number, height: number, fall: number, random: Random): Field => {
  const field = new Float32Array(width * height);
  const finest = Math.min(width, height) / 3;
  for (let cells = 2; cells <= finest; cells = Math.round(cells * 1.9)) {
    addOctave(field, width, height, cells, (2 / cells) ** fall, random);
  }
  return field;
};

/** A round or straight-edged thing, lit from one side. */
const addShape = (field: Field, width: number, height: number, random: Random): void => {
  const [cx, cy] = [random() * width, random() * height];
  const [rx, ry] = [between(random, 0.05, 0.4) * width, between(random, 0.05, 0.4) * height];
  const turn = random() * Math.PI;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [level, light] = [between(random, -1.5, 1.5), between(random, -0.7, 0.7)];
  const isRound = random() < 0.6;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const u = ((x - cx) * cos + (y - cy) * sin) / rx;
      const v = ((y - cy) * cos - (x - cx) * sin) / ry;
      if (isRound ? u * u + v * v < 1 : Math.abs(u) < 1 && Math.abs(v) < 1) {
        const i = y * width + x;
        field[i] = (field[i] ?? 0) * 0.35 + level + light * u;
      }
    }
  }
};

const addSlope = (field: Field, width: number, height: number, random: Random): void => {
  const [dx, dy] = [between(random, -1, 1), between(random, -1, 1)];
  for (let i = 0; i < field.length; i += 1) {
    const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
    field[i] = (field[i] ?? 0) + dx * x + dy * y;
  }
};

const toPoints = (field: Field, random: Random): Buffer => {
  const mean = field.reduce((sum, value) => sum + value, 0) / field.length;
  const spread = Math.sqrt(field.reduce((sum, v) => sum + (v - mean) ** 2, 0) / field.length) || 1;
  const contrast = between(random, 32, 62);
  const brightness = between(random, 95, 160);
  const grain = between(random, 0, 5);
  const tint = [between(random, 0.7, 1.2), between(random, 0.75, 1.1), between(random, 0.6, 1.2)];
  const points = Buffer.alloc(field.length * 3);
  for (let i = 0; i < field.length; i += 1) {
    const level = brightness + (((field[i] ?? 0) - mean) / spread) * contrast;
    const noise = (random() * 2 - 1) * grain;
    for (let c = 0; c < 3; c += 1) {
      points[i * 3 + c] = Math.min(255, Math.max(0, level * (tint[c] ?? 1) + noise));
    }
  }
  return points;
};

/**
 * A picture as nature has them: large things that are strong and small things that are weak, with shapes that stand before them.
 * The same seed, the same picture.
 */
export const drawTextured = (seed: number, longest = 480): Drawn => {
  const random = seededRandom(seed);
  const ratio = between(random, 0.56, 1);
  const isUpright = random() < 0.5;
  const [long, short] = [longest, Math.round(longest * ratio)];
  const [width, height] = isUpright ? [short, long] : [long, short];
  // From soft, as skin and sky, to rough, as leaves.
  const field = natural(width, height, between(random, 0.7, 1.8), random);
  for (let n = Math.floor(random() * 7); n > 0; n -= 1) {
    addShape(field, width, height, random);
  }
  addSlope(field, width, height, random);
  return { width, height, points: toPoints(field, random) };
};

export const asSharp = ({ width, height, points }: Drawn): Sharp =>
  sharp(points, { raw: { width, height, channels: 3 } });

export const asJpeg = (drawn: Drawn, quality = 90): Promise<Buffer> =>
  asSharp(drawn).jpeg({ quality }).toBuffer();

/** A copy as people pass it on: cropped by up to 3 % at each side, 25 to 200 % as large, saved with quality 30 to 95. */
export const alterCopy = async (drawn: Drawn, seed: number): Promise<Buffer> => {
  const random = seededRandom(seed);
  const cut = (side: number): number => Math.round(between(random, 0, 0.03) * side);
  const [left, top] = [cut(drawn.width), cut(drawn.height)];
  const width = drawn.width - left - cut(drawn.width);
  const height = drawn.height - top - cut(drawn.height);
  const scale = Math.exp(between(random, Math.log(0.25), Math.log(2)));
  const cropped = await asSharp(drawn).extract({ left, top, width, height }).raw().toBuffer();
  return sharp(cropped, { raw: { width, height, channels: 3 } })
    .resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill' })
    .jpeg({ quality: Math.round(between(random, 30, 95)) })
    .toBuffer();
};
