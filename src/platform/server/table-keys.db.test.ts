import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';

let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

interface Key {
  readonly table: string;
  /** As `table (columns)`, with what a foreign key leads to. */
  readonly key: string;
  readonly leading: string | null;
}

/** Primary keys and unique indexes; an expression has no column, and leads nothing. */
const uniqueKeys = sql<Key>`
  select c.relname::text as table, a.attname::text as leading,
         format('%s (%s)', c.relname, (
           select string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' order by n)
             from generate_series(1, i.indnkeyatts) n)) as key
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
   where i.indisunique`;

const foreignKeys = sql<Key>`
  select c.relname::text as table, a.attname::text as leading,
         format('%s (%s) → %s', c.relname, (
           select string_agg(b.attname, ', ' order by k.at)
             from unnest(f.conkey) with ordinality k(number, at)
             join pg_attribute b on b.attrelid = f.conrelid and b.attnum = k.number), r.relname) as key
    from pg_constraint f
    join pg_class c on c.oid = f.conrelid and c.relnamespace = 'public'::regnamespace
    join pg_class r on r.oid = f.confrelid
    join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
   where f.contype = 'f'`;

const signIn =
  'sign-in is of the installation: one person, one password, in however many workspaces';

/** Tables without a workspace. No row of theirs says what is in one. */
const ofTheInstallation: Readonly<Record<string, string>> = {
  account: signIn,
  failed_attempt: signIn,
  installation: 'one row for everybody: the secret that keyed hashes are made with, and the like',
  journal_state: 'one row: how far the journal, which is of the installation, is known here',
  message_to_index:
    'what waits for the job of the words; it holds arrays of ids, each beside its workspace',
  password_reset: signIn,
  schema_migration: 'of the database itself',
  session: signIn,
  setup_code: 'from before there is a workspace',
  user: signIn,
  verification: signIn,
  workspace: 'its own id is what all others lead with',
};

/** Keys of a workspace's tables that another column leads. */
const exceptions: Readonly<Record<string, string>> = {
  'api_key (secret_hash)': 'a key is found by what it says, which is before its workspace is known',
  'member (user_id) → user': 'people are of the installation',
  'whatsapp_account (phone_number_id)':
    'one number is in one workspace of the installation: its webhooks name the number and nothing else',
};

const keysLedByOthers = async (which: typeof uniqueKeys): Promise<string[]> => {
  const { rows } = await which.execute(deps.db);
  expect(rows.length).toBeGreaterThan(50);
  return rows
    .filter(({ table, leading }) => leading !== 'workspace_id' && !(table in ofTheInstallation))
    .map(({ key }) => key);
};

describe('the workspace leads every key', () => {
  it('that is unique or foreign, but for those with a reason', async () => {
    const others = [
      ...(await keysLedByOthers(uniqueKeys)),
      ...(await keysLedByOthers(foreignKeys)),
    ];
    // A new key: put workspace_id first, or say here why it cannot be.
    expect(others.sort()).toEqual(Object.keys(exceptions).sort());
  });

  it("and every table that is no workspace's is there and has no such column", async () => {
    const { rows } = await sql<{ name: string; has: boolean }>`
      select c.relname::text as name, exists (
               select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id') as has
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`.execute(
      deps.db,
    );
    const without = rows.filter(({ has }) => !has).map(({ name }) => name);
    expect(without.sort()).toEqual(Object.keys(ofTheInstallation).sort());
  });
});
