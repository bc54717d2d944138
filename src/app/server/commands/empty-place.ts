import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isEmptyDatabase, withConnection } from '#platform/server/backup/index.ts';
import type { Config } from '#platform/server/config.ts';
import { startEmbeddedPostgres } from '#platform/server/embedded-postgres/index.ts';
import { createLog } from '#platform/server/log.ts';

/** Where a restore goes. */
export interface EmptyPlace {
  readonly databaseUrl: string;
  /** After a failure: takes away what was begun, so that it can be tried again. */
  discard(): Promise<void>;
  close(): Promise<void>;
}

const isFilled = async (directory: string): Promise<boolean> =>
  (await readdir(directory).catch(() => [])).length > 0;

const refuse = (place: string): never => {
  throw new Error(
    `${place} is not empty, and a restore never overwrites. Choose an empty place (--data-dir), or move this one away.`,
  );
};

const assertNoMedia = async ({ dataDir }: Config): Promise<void> => {
  const media = join(dataDir, 'media');
  if (await isFilled(media)) {
    refuse(media);
  }
};

/** The secret may lie there already, and what the database's launcher leaves behind when its cluster is moved away. */
const assertNoCluster = async (dataDir: string): Promise<void> => {
  const pointer = join(dataDir, 'location');
  const homes = existsSync(pointer)
    ? [dataDir, (await readFile(pointer, 'utf8')).trim()]
    : [dataDir];
  for (const home of homes) {
    if (await isFilled(join(home, 'pg'))) {
      refuse(join(home, 'pg'));
    }
  }
};

const assertEmpty = async (databaseUrl: string, place: string): Promise<void> => {
  if (!(await withConnection(databaseUrl, isEmptyDatabase))) {
    refuse(place);
  }
};

const openEmbedded = async (config: Config): Promise<EmptyPlace> => {
  const { dataDir } = config;
  await assertNoCluster(dataDir);
  const started = await startEmbeddedPostgres({ dataDir, log: createLog('error') });
  try {
    await assertEmpty(started.connectionString, started.dataDir);
  } catch (error) {
    await started.stop();
    throw error;
  }
  return {
    databaseUrl: started.connectionString,
    close: () => started.stop(),
    discard: async () => {
      await started.stop();
      await rm(started.dataDir, { recursive: true, force: true });
      await rm(join(dataDir, 'media'), { recursive: true, force: true });
    },
  };
};

const nothing = async (): Promise<void> => {};

/** @throws Error with a line for people when anything lies there */
export const openEmptyPlace = async (config: Config): Promise<EmptyPlace> => {
  await assertNoMedia(config);
  if (config.databaseUrl === undefined) {
    return openEmbedded(config);
  }
  // Tables are made by whom they will belong to; the server's own role is given its part at the next start.
  const databaseUrl = config.databaseOwnerUrl ?? config.databaseUrl;
  await assertEmpty(databaseUrl, 'the database of DATABASE_URL');
  return {
    databaseUrl,
    close: nothing,
    discard: () => rm(join(config.dataDir, 'media'), { recursive: true, force: true }),
  };
};
