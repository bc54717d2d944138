import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

const isProgram = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
};

/**
 * Where a program of the system lies.
 * @param name with a slash it is a path, without one it is looked for
 * @param searchPath as in PATH; folders that are not named whole are passed over
 */
export const findProgram = async (
  name: string,
  searchPath: string,
): Promise<string | undefined> => {
  const places = name.includes('/')
    ? [resolve(name)]
    : searchPath.split(delimiter).flatMap((dir) => (isAbsolute(dir) ? [join(dir, name)] : []));
  for (const place of places) {
    if (await isProgram(place)) {
      return place;
    }
  }
  return undefined;
};
