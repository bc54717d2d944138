import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Manifest, type Say, saveDatabase } from '#platform/server/backup/index.ts';
import type { Config } from '#platform/server/config.ts';
import { secretCheckOf } from '#platform/server/instance-secret.ts';
import { withInstallation } from './open-installation.ts';
import { storedFilesOf } from './stored-files.ts';

/** Content and tokens lie in it: closed to others. */
const makeEmptyFolder = async (directory: string): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) {
    throw new Error(`${directory} is not empty. Each backup goes into a folder of its own.`);
  }
};

const emptyFolder = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory)) {
    await rm(join(directory, name), { recursive: true, force: true });
  }
};

const filesText = ({ place, copied, bytes, missing }: Manifest['files']): string[] => {
  if (place === 'elsewhere') {
    return ['The media lie in S3 and are NOT in it: back up that bucket as well.'];
  }
  const megabytes = (bytes / 1_000_000).toFixed(1);
  return [
    `${copied} files of media, ${megabytes} MB`,
    ...(missing === 0
      ? []
      : [
          `WARNING: ${missing} files that the database names are not there or damaged; the rest is whole.`,
        ]),
  ];
};

/**
 * Everything the installation knows in a new folder, while the server runs or while it does not.
 * @param say told of each step
 * @returns what to print at the end
 * @throws Error with a line for people; then the folder is left empty
 */
export const backUp = async (config: Config, folder: string, say: Say): Promise<string> => {
  const directory = resolve(folder);
  const begun = performance.now();
  const manifest = await withInstallation(config, async ({ keyed }, databaseUrl) => {
    await makeEmptyFolder(directory);
    const secretCheck = secretCheckOf(keyed).toString('hex');
    try {
      const files = storedFilesOf(config);
      return await saveDatabase({ databaseUrl, directory, files, secretCheck, say });
    } catch (error) {
      await emptyFolder(directory);
      throw error;
    }
  });
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const secret =
    config.secret === undefined ? `the file ${join(config.dataDir, 'secret')}` : 'GUARITA_SECRET';
  return [
    `backed up in ${directory}: ${manifest.tables.length} tables, ${rows} rows, ${seconds} s`,
    ...filesText(manifest.files),
    `The secret is not in it. Keep ${secret} in another safe place: without it nothing can be restored.`,
  ].join('\n');
};
