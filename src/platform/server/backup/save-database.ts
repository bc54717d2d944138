import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { inTransaction, withConnection } from './connect.ts';
import { copyToFile } from './copy-stream.ts';
import { listMigrations, listSequences, listTables, quoted } from './database-shape.ts';
import { type CopiedTable, type Manifest, writeManifest } from './manifest.ts';
import { saveJobs } from './saved-jobs.ts';
import { copyEarly, listedFiles, type StoredFiles, saveList } from './stored-files.ts';

export type Say = (line: string) => void;

export const tableFile = (directory: string, table: string): string =>
  join(directory, 'tables', `${table}.copy.gz`);

export interface SaveOptions {
  readonly databaseUrl: string;
  /** Empty, or not there yet. */
  readonly directory: string;
  readonly files: StoredFiles;
  /** The keyed hash by which a restore knows the secret of this installation. */
  readonly secretCheck: string;
  readonly say: Say;
}

const saveTables = async (client: Client, directory: string, say: Say): Promise<CopiedTable[]> => {
  const tables = await listTables(client);
  // Nobody may change a table's shape before it has been copied.
  const names = tables.map(({ name }) => `public."${name}"`);
  await client.query(`lock table ${names.join(', ')} in access share mode`);
  await mkdir(join(directory, 'tables'), { mode: 0o700 });
  const copied: CopiedTable[] = [];
  for (const table of tables) {
    const file = tableFile(directory, table.name);
    copied.push({
      ...table,
      columns: [...table.columns],
      ...(await copyToFile(client, quoted(table), file)),
    });
    say(`${table.name}: ${copied.at(-1)?.rows} rows`);
  }
  return copied;
};

const saveFiles = async (
  client: Client,
  { files, directory }: SaveOptions,
  early: Awaited<ReturnType<typeof copyEarly>> | undefined,
): Promise<Manifest['files']> => {
  const list = await saveList(client, files, directory);
  if (early === undefined) {
    return { place: 'elsewhere', list, copied: 0, bytes: 0, missing: 0 };
  }
  return { place: 'folder', list, ...(await early.settle(listedFiles(directory, list))) };
};

/**
 * Writes everything an installation knows into a folder, as it was at one moment: one snapshot of the database, and
 * every file that this snapshot names. The server may go on meanwhile; nothing waits for this.
 */
export const saveDatabase = (options: SaveOptions): Promise<Manifest> =>
  withConnection(options.databaseUrl, async (client) => {
    const { directory, files, say } = options;
    const early =
      files.directory === undefined ? undefined : await copyEarly(files.directory, directory);
    const begin = 'begin transaction isolation level repeatable read, read only';
    const manifest = await inTransaction(client, begin, async (): Promise<Manifest> => {
      const { rows } = await client.query<{ takenAt: Date; postgres: number }>(
        `select clock_timestamp() as "takenAt", current_setting('server_version_num')::int / 10000 as postgres`,
      );
      const [now] = rows;
      return {
        format: 1,
        takenAt: (now?.takenAt ?? new Date()).toISOString(),
        postgres: now?.postgres ?? 0,
        secretCheck: options.secretCheck,
        migrations: await listMigrations(client),
        tables: await saveTables(client, directory, say),
        jobs: await saveJobs(client, directory),
        // Sequences know no snapshot: read after the tables, they stand at or past every number in them.
        sequences: await listSequences(client),
        files: await saveFiles(client, options, early),
      };
    });
    await writeManifest(directory, manifest);
    return manifest;
  });
