import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const COMMON = ['package.json', 'package-lock.json', 'scripts/build.ts', 'scripts/build-steps.ts'];

async function filesBelow(root: string, path: string): Promise<string[]> {
  const found = await stat(join(root, path)).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** One hash of the names and bytes of all that a step reads. */
export async function hashInputs(
  root: string,
  paths: readonly string[],
  isInput: (file: string) => boolean = () => true,
): Promise<string> {
  const lists = await Promise.all([...COMMON, ...paths].map((path) => filesBelow(root, path)));
  const files = lists
    .flat()
    .filter((file) => isInput(file) && !/\.test\.tsx?$/.test(file))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(await readFile(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
