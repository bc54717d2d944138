import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

const wordsIn = (words: readonly string[], content: string | Buffer): string[] =>
  words.filter((word) => content.includes(word));

/** The bytes of `bytea` columns, which print as hexadecimal digits. */
const bytesOf = (row: string): string =>
  [...row.matchAll(/\\+x([0-9a-f]{8,})/g)]
    .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
    .join(' ');

/**
 * Looks at every row of every table there is, of whatever schema: the list comes from the catalogue.
 * @returns the words that are found, each with its table
 */
export const wordsInTables = async (pool: pg.Pool, words: readonly string[]): Promise<string[]> => {
  const { rows: tables } = await pool.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm', 'p') and n.nspname <> 'information_schema'
       and has_table_privilege(c.oid, 'select') order by 1`);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    const text = rows.map(({ row }) => `${row}\n${bytesOf(row)}`).join('\n');
    found.push(...wordsIn(words, text).map((word) => `${name}: ${word}`));
  }
  return found;
};

/**
 * Looks at every file under a folder, and at their names.
 * @param leftOut names of folders that are not looked into
 */
export const wordsInFiles = async (
  folder: string,
  words: readonly string[],
  leftOut: readonly string[] = [],
): Promise<string[]> => {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !leftOut.includes(entry.name)) {
      found.push(...(await wordsInFiles(path, words, leftOut)));
    } else if (entry.isFile()) {
      // A file that is deleted while it is looked for holds nothing.
      const content = await readFile(path).catch(() => Buffer.alloc(0));
      const hits = new Set([...wordsIn(words, content), ...wordsIn(words, entry.name)]);
      found.push(...[...hits].map((word) => `${path}: ${word}`));
    }
  }
  return found;
};

/** Every file of this workspace in the storage, thumbnails and posters too: they hold no word. @returns their digests */
export const filesOfWorkspace = async (
  folder: string,
  workspaceId: string,
): Promise<ReadonlySet<string>> => {
  const paths = await readdir(folder, { recursive: true });
  const of = paths.filter((path) => path.includes(workspaceId));
  return new Set(of.flatMap((path) => /[0-9a-f]{64}$/.exec(path)?.[0] ?? []));
};

/** @returns the digests of files that no message names, to which none of what was removed belongs any more */
export const filesLeft = async (
  pool: pg.Pool,
  folder: string,
  workspaceId: string,
): Promise<string[]> => {
  const { rows } = await pool.query<{ named: string }>(
    `select distinct encode(f, 'hex') as named from message_media, unnest(array[sha256, thumbnail_sha256]) as f
      where f is not null`,
  );
  const named = new Set(rows.map((row) => row.named));
  return [...(await filesOfWorkspace(folder, workspaceId))].filter((digest) => !named.has(digest));
};
