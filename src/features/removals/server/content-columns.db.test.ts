import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { contentColumns, notContent } from './content-columns.ts';
import { namedTables, touchedTables, withStatistics } from './table-store.ts';

let deps: TestDeps;
/** Every column that words or bytes fit into, by table, as the catalogue has them. */
let columns: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  deps = await openTestDeps();
  const { rows } = await sql<{ table: string; columns: string[] }>`
    select c.relname::text as table, array_agg(a.attname::text order by a.attname) as columns
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'm')
      join pg_type t on t.oid = a.atttypid
      left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
     where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
       and coalesce(e.typname, t.typname)
           in ('text', 'varchar', 'bpchar', 'name', 'citext', 'json', 'jsonb', 'bytea', 'tsvector', 'xml')
     group by c.relname`.execute(deps.db);
  columns = new Map(rows.map((row) => [row.table, row.columns]));
});
afterAll(() => deps.close());

/** As `table.column`, those that hold no content. */
const explained = Object.values(notContent).flatMap((tables) =>
  Object.entries(tables).flatMap(([table, names]) =>
    names.split(' ').map((name) => `${table}.${name}`),
  ),
);
const cleared = Object.entries(contentColumns).flatMap(([table, of]) =>
  Object.keys(of).map((name) => `${table}.${name}`),
);

describe('a column that words or bytes fit into', () => {
  it('is cleared by a step of the checklist, or holds no content for a reason', () => {
    const there = [...columns].flatMap(([table, names]) => names.map((name) => `${table}.${name}`));
    // A new one belongs into content-columns.ts: say with which step its content goes, or why there is none.
    expect([...cleared, ...explained].sort()).toEqual(there.sort());
  });

  it('that holds content is in a table that is written anew, or goes with its file', () => {
    const anew: readonly string[] = [...touchedTables, ...namedTables];
    const left = Object.entries(contentColumns).flatMap(([table, of]) =>
      anew.includes(table) || Object.values(of).every((step) => step === 'files') ? [] : [table],
    );
    expect(left).toEqual([]);
  });

  it('has no statistics where it holds content, or they are made anew by each removal', async () => {
    // Words of ours that a constraint names are nobody's content, and digests say nothing.
    const { rows } = await sql<{ name: string; keeps: boolean; kept: number }>`
      select c.relname || '.' || a.attname as name, a.attstattarget is distinct from 0 as keeps,
             (select count(*) from pg_stats s where s.tablename = c.relname and s.attname = a.attname)::int as kept
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
        join pg_type t on t.oid = a.atttypid
       where c.relname || '.' || a.attname = any(${cleared}::text[]) and t.typname <> 'bytea'
         and not exists (
           select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
              and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%')`.execute(
      deps.db,
    );
    expect(rows.length).toBeGreaterThan(20);
    const anew = Object.entries(withStatistics).flatMap(([table, names]) =>
      names.map((name) => `${table}.${name}`),
    );
    // Of a contact all are, and two are made by PostgreSQL from its names.
    anew.push('contact.search_name', 'contact.sort_name');
    expect(rows.flatMap(({ name, keeps }) => (keeps ? [name] : [])).sort()).toEqual(anew.sort());
    expect(rows.filter(({ keeps, kept }) => !keeps && kept > 0)).toEqual([]);
  });
});
