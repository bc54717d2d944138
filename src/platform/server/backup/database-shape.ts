import type { Client } from 'pg';
import { escapeIdentifier } from 'pg';

export interface TableShape {
  readonly name: string;
  /** Those that are stored, in their order; generated ones are made again. */
  readonly columns: readonly string[];
}

export interface Sequence {
  readonly name: string;
  readonly lastValue: number;
}

/** The table with its columns, as COPY takes it. */
export const quoted = ({ name, columns }: TableShape): string =>
  `public.${escapeIdentifier(name)} (${columns.map(escapeIdentifier).join(', ')})`;

/** Written by the migrations themselves, and by what marks a restore that is not finished. */
const notOurs = `('schema_migration', 'restore_unfinished')`;

/** Every table of ours; those of extensions belong to them. */
export const listTables = async (client: Client): Promise<TableShape[]> => {
  const { rows } = await client.query<TableShape>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname not in ${notOurs}
       and not exists (select 1 from pg_depend d
         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by c.relname order by c.relname`);
  return rows;
};

/** Those that have been used, and where they stand. */
export const listSequences = async (client: Client): Promise<Sequence[]> => {
  const { rows } = await client.query<Sequence>(`
    select sequencename as name, last_value::float8 as "lastValue" from pg_sequences
     where schemaname = 'public' and last_value is not null order by 1`);
  return rows;
};

export const listMigrations = async (
  client: Client,
): Promise<{ number: number; name: string; hash: string }[]> => {
  const { rows } = await client.query<{ number: number; name: string; hash: string }>(
    'select number, name, hash from schema_migration order by number',
  );
  return rows;
};

export const hasTable = async (client: Client, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null as found',
    [`public.${escapeIdentifier(name)}`],
  );
  return rows[0]?.found === true;
};

/** Whether there is anything in this database that a restore would meet. */
export const isEmptyDatabase = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(
    `select exists (select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S', 'v'))
         or to_regnamespace('graphile_worker') is not null as found`,
  );
  return rows[0]?.found === false;
};
