/** Nearest-rank percentile. @param p 0 to 100 */
export const percentile = (values: readonly number[], p: number): number => {
  const sorted = Float64Array.from(values).sort();
  return (
    sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN
  );
};

const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;

export type Figures = Readonly<Record<string, number | string | boolean>>;

/**
 * Prints every figure, a verdict for each target, and with `--json` a last line of one JSON object. Sets the exit code
 * when a target is missed.
 */
export const report = (
  name: string,
  figures: Figures,
  targets: readonly { readonly text: string; readonly isMet: boolean }[],
): void => {
  console.log(`\n${name}`);
  for (const [key, value] of Object.entries(figures)) {
    console.log(`  ${key.padEnd(28)} ${rounded(value)}`);
  }
  for (const target of targets) {
    console.log(`  ${target.isMet ? 'met   ' : 'MISSED'} ${target.text}`);
  }
  const isMet = targets.every((target) => target.isMet);
  if (process.argv.includes('--json')) {
    const all = Object.entries(figures).map(([key, value]) => [key, rounded(value)]);
    console.log(JSON.stringify({ bench: name, ...Object.fromEntries(all), isMet }));
  }
  process.exitCode = isMet ? 0 : 1;
};

/** `--seconds 10` and the like. */
export const flag = (name: string, fallback: number): number => {
  const index = process.argv.indexOf(`--${name}`);
  const value = Number(process.argv[index + 1]);
  return index === -1 || !Number.isFinite(value) ? fallback : value;
};
