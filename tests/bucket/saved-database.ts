import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { makeEmptyDatabase } from '#platform/server/testing/test-postgres.ts';

const run = promisify(execFile);
const debian15 = '/usr/lib/postgresql/15/bin';

/** The programs that people back up an external database with; those on PATH where Debian's are not. */
const program = (name: string): string =>
  existsSync(`${debian15}/${name}`) ? `${debian15}/${name}` : name;

/** As docs/operations.md has it. */
export const dump = async (databaseUrl: string, file: string): Promise<void> => {
  await run(program('pg_dump'), ['--format=custom', `--file=${file}`, databaseUrl]);
};

/** Into a new database of the same server. @returns its address */
export const restoreDump = async (databaseUrl: string, file: string): Promise<string> => {
  const url = await makeEmptyDatabase(databaseUrl);
  await run(program('pg_restore'), ['--no-owner', `--dbname=${url}`, file]);
  return url;
};
