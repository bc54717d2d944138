import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { inject } from 'vitest';
import { dropDatabase, makeEmptyDatabase } from '../../testing/test-postgres.ts';
import type { StoredFiles } from '../index.ts';

/** Tables with whatever makes a copy hard: a cycle, generated values, walls, a table of files. */
export const schema = `
  create table schema_migration (number integer primary key, name text, hash text);
  insert into schema_migration values (1, '0001-odd.sql', 'abc');
  create table "user" (id text primary key, "createdAt" timestamptz, parent text references "user" (id));
  create table odd (
    id bigint generated always as identity primary key,
    owner text references "user" (id),
    note text, bytes bytea, list text[], facts jsonb, at timestamptz, ratio float8,
    twice bigint generated always as (id * 2) stored);
  create table empty (id serial primary key, odd_id bigint references odd (id));
  create function wall() returns trigger language plpgsql as $$
    begin raise exception 'the wall stands' using errcode = 'GT001'; end $$;
  create trigger wall before insert or truncate on odd for each statement execute function wall();
  create table stored_file (workspace_id uuid, sha256 bytea, size_bytes bigint, primary key (workspace_id, sha256));`;

/** Texts that the form of a copy has to write in another way. */
export const odd = [
  String.raw`a\tb\\N\x00`,
  'tab\tnewline\nreturn\rbackslash\\ end',
  '\\N',
  '\\.',
  'ação — 🐈‍⬛ \u0001',
  '',
  null,
];

const workspace = '0197a000-0000-7000-8000-000000000001';
const directories: string[] = [];
const databases: string[] = [];

export const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'guarita-backup-'));
  directories.push(made);
  return made;
};

export const database = async (text: string): Promise<string> => {
  const url = await makeEmptyDatabase(inject('adminUrl'));
  databases.push(url);
  await ask(url, text);
  await runMigrations({ connectionString: url });
  return url;
};

export const ask = async (
  url: string,
  text: string,
  values?: unknown[],
): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return values === undefined ? await client.query(text) : await client.query(text, values);
  } finally {
    await client.end();
  }
};

export const filesIn = (directory: string | undefined): StoredFiles => ({
  directory,
  table: 'stored_file',
  query: `select workspace_id || '/' || left(encode(sha256, 'hex'), 2) || '/' || encode(sha256, 'hex'),
    encode(sha256, 'hex'), size_bytes from stored_file`,
});

export const aFile = async (url: string, directory: string, text: string): Promise<string> => {
  const hash = createHash('sha256').update(text).digest('hex');
  const path = join(directory, workspace, hash.slice(0, 2), hash);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await ask(url, 'insert into stored_file values ($1, $2, $3)', [
    workspace,
    Buffer.from(hash, 'hex'),
    text.length,
  ]);
  return path;
};

/** Takes away all that was made here. */
export const clearAway = async (): Promise<void> => {
  for (const url of databases.splice(0)) {
    await dropDatabase(inject('adminUrl'), url);
  }
  for (const directory of directories.splice(0)) {
    await rm(directory, { recursive: true, force: true });
  }
};
