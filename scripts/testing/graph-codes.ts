import { readdirSync, readFileSync } from 'node:fs';

export const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
export const read = (file: string): string => readFileSync(file, 'utf8');

/** The source files below a folder, without what only tests use. */
export const sourcesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => `${root}/${name}`)
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|testing/.test(file));

/** The numbers that the simulator answers with. */
export const simulatedCodes = (): string[] =>
  all(read('simulator/graph/error-catalogue.ts'), /^ {2}(\d+): known\(/gm).filter(
    // Of asking for the history, no message's.
    (code) => !code.startsWith('2593'),
  );

/** The numbers that we know what to do about. */
export const classifiedCodes = (): string[] => {
  const table = /classes: [\s\S]*?\n\];/.exec(
    read('src/channels/whatsapp/server/graph-error-codes.ts'),
  );
  return all((table?.[0] ?? '').replace(/\/\/.*/g, ''), /\b(\d+)\b/g);
};
