import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const tokens = read('src/platform/web/styles/tokens.css');
const screens = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter((file) => /\/web\/.*\.(tsx?|css)$/.test(file))
  .filter((file) => !/\.test\.tsx?$|tokens\.css$/.test(file));

type Colour = readonly [lightness: number, chroma: number, hue: number];

const valuesIn = (block: string): ReadonlyMap<string, Colour> =>
  new Map(
    [...block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)].map(
      ([, name = '', l, c, h]) => [name, [Number(l), Number(c), Number(h)]],
    ),
  );

const blockAfter = (start: string): string => {
  const from = tokens.indexOf(start);
  return tokens.slice(from, tokens.indexOf('}', from));
};
const light = valuesIn(blockAfter(':root {'));
const dark = valuesIn(blockAfter(":root[data-theme='dark'] {"));

/** Relative luminance, by the sums of OKLab (Ottosson 2020) and WCAG 2. */
const luminance = ([l, c, h]: Colour): number => {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [long, middle, short] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const inGamut = (part: number): number => Math.min(1, Math.max(0, part));
  return (
    0.2126 * inGamut(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short) +
    0.7152 * inGamut(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short) +
    0.0722 * inGamut(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short)
  );
};

const contrast = (theme: ReadonlyMap<string, Colour>, one: string, other: string): number => {
  const [a, b] = [theme.get(one), theme.get(other)];
  if (!a || !b) throw new Error(`no ${one} or no ${other}`);
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

it.each([
  ['light', light],
  ['dark', dark],
])('what is wrong can be read in %s on every surface', (_name, theme) => {
  expect(tokens).toContain('--color-problem: var(--amber);');
  for (const surface of ['raised', 'list', 'paper', 'panel']) {
    for (const words of ['amber', 'ink', 'ink-soft', 'ink-faint', 'accent-ink']) {
      expect.soft(contrast(theme, words, surface), `${words} on ${surface}`).toBeGreaterThan(4.5);
    }
  }
  expect(contrast(theme, 'on-red', 'red')).toBeGreaterThan(4.5);
});

it('red is the colour of one button alone', () => {
  const red = screens.filter((file) => /-red\b/.test(read(file)));
  expect(red).toEqual(['src/platform/web/ui/button.tsx']);
});

it('no text is smaller than 12 px', () => {
  const named = [...tokens.matchAll(/--text-\w+: ([\d.]+)rem;/g)].map(([, size]) => Number(size));
  expect(named.length).toBeGreaterThan(5);
  expect(Math.min(...named)).toBeGreaterThanOrEqual(0.75);
  for (const file of screens) {
    for (const [found, size, unit] of read(file).matchAll(
      /(?:text-\[|font-size: |fontSize: ['"]?)([\d.]+)(px|rem|(?=[^\w.]))/g,
    )) {
      const px = Number(size) * (unit === 'rem' ? 16 : 1);
      expect.soft(px, `${found} in ${file}`).toBeGreaterThanOrEqual(12);
    }
  }
});
