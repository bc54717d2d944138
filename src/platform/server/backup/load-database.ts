import type { Client } from 'pg';
import { inTransaction, withConnection } from './connect.ts';
import { copyFromFile, measureCopy } from './copy-stream.ts';
import { DamagedError } from './damaged-error.ts';
import { listTables, quoted } from './database-shape.ts';
import type { Copied, Manifest } from './manifest.ts';
import { type Say, tableFile } from './save-database.ts';
import { addSavedJobs } from './saved-jobs.ts';
import { withWallsAside } from './walls-aside.ts';

export interface LoadOptions {
  /** With the tables of the backup's migrations, and nothing in them. */
  readonly databaseUrl: string;
  readonly directory: string;
  readonly manifest: Manifest;
  readonly say: Say;
}

const isSame = (a: Copied, b: Copied): boolean =>
  a.rows === b.rows && a.bytes === b.bytes && a.sha256 === b.sha256;

/** Whatever is wrong with the bytes of a file: PostgreSQL's own words would quote them. */
const asDamage =
  (what: string) =>
  (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isOfTheFile = /^(22|23|42|Z_|ENOENT|ERR_)/.test(code);
    throw isOfTheFile ? new DamagedError(what) : error;
  };

const assertSameTables = async (client: Client, manifest: Manifest): Promise<void> => {
  const shape = (tables: readonly { name: string; columns: readonly string[] }[]): string =>
    JSON.stringify(tables.map(({ name, columns }) => [name, columns]));
  if (shape(await listTables(client)) !== shape(manifest.tables)) {
    throw new Error('the tables that the migrations make are not those of the backup.');
  }
};

const loadTables = async (client: Client, options: LoadOptions): Promise<void> => {
  const { directory, manifest, say } = options;
  // What the migrations put there themselves is in the backup as well.
  const names = manifest.tables.map(({ name }) => `public."${name}"`);
  await client.query(`truncate ${names.join(', ')}`);
  for (const table of manifest.tables) {
    const file = tableFile(directory, table.name);
    const what = `the table ${table.name}`;
    const read = await copyFromFile(client, quoted(table), file).catch(asDamage(what));
    if (!isSame(read, table)) {
      throw new DamagedError(what);
    }
    say(`${table.name}: ${read.rows} rows`);
  }
};

/** What was stored is read back: the same rows with the same bytes. */
const verifyTables = async (client: Client, manifest: Manifest): Promise<void> => {
  for (const table of manifest.tables) {
    const found = await measureCopy(client, quoted(table));
    if (!isSame(found, table)) {
      throw new Error(
        `the table ${table.name} was not restored as it was saved. Nothing was restored.`,
      );
    }
  }
};

const loadJobs = async (client: Client, { directory, manifest }: LoadOptions): Promise<void> => {
  const read = await addSavedJobs(client, directory).catch(asDamage('the list of jobs'));
  if (!isSame(read, manifest.jobs)) {
    throw new DamagedError('the list of jobs');
  }
};

const setSequences = async (client: Client, { sequences }: Manifest): Promise<void> => {
  for (const { name, lastValue } of sequences) {
    await client.query('select setval($1::regclass, $2::bigint)', [`public."${name}"`, lastValue]);
  }
};

/**
 * Fills the empty tables from a backup, reads everything back and compares; one transaction, so that a failure leaves
 * them empty.
 * @throws Error with a line for people
 */
export const loadDatabase = (options: LoadOptions): Promise<void> =>
  withConnection(options.databaseUrl, async (client) => {
    const { manifest } = options;
    await inTransaction(client, 'begin', async () => {
      await assertSameTables(client, manifest);
      await withWallsAside(client, async () => {
        await loadTables(client, options);
      });
      await setSequences(client, manifest);
      await verifyTables(client, manifest);
      await loadJobs(client, options);
    });
    await client.query('analyze');
  });
