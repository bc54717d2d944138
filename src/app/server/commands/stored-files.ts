import { join } from 'node:path';
import { namedFilesQuery } from '#features/media/server/index.ts';
import type { StoredFiles } from '#platform/server/backup/index.ts';
import type { Config } from '#platform/server/config.ts';

/** Where the media of the installation lie, unless that is an object store. */
export const mediaFolderOf = ({ dataDir, s3 }: Config): string | undefined =>
  s3 === undefined ? join(dataDir, 'media', 'files') : undefined;

export const storedFilesOf = (config: Config): StoredFiles => ({
  directory: mediaFolderOf(config),
  table: 'stored_file',
  query: namedFilesQuery,
});
