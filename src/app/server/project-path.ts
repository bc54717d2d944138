import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const findRoot = (): string => {
  // From src/app/server in development, from dist/server once built.
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) {
      return at;
    }
    if (dirname(at) === at) {
      throw new Error('package.json was not found above the program');
    }
  }
};

const root = findRoot();

/** A path inside the installation, wherever it was started from. */
export const projectPath = (relative: string): string => join(root, relative);
