import type { Pool } from 'pg';

/** Tables that are only ever added to: evidence that whoever runs the server must not be able to unmake. */
const appendOnly = ['audit_event', 'audit_seal'] as const;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The role that this pool signs in as. */
export const roleOf = async (pool: Pool): Promise<string> => {
  const { rows } = await pool.query<{ role: string }>('select current_user as role');
  return rows[0]?.role ?? '';
};

/** The runner of jobs lets only the owner of its tables see their rows. */
const listGuardedTables = async (owner: Pool): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity and c.relkind in ('r', 'p')`,
  );
  return rows.map(({ name }) => name);
};

const ways = {
  superuser: 'is a superuser',
  owner: 'owns the audit log',
  schema: 'owns the schema of the audit log',
  rights: 'may change, delete or empty the audit log',
} as const;

/** What is taken from it below may come to it another way: of the role itself, of one that it can become, of everybody. */
const assertCannotUnmake = async (owner: Pool, serverRole: string): Promise<void> => {
  const { rows } = await owner.query<{ name: string; way: keyof typeof ways }>(
    `select r.rolname as name, w.way
       from pg_roles r
       join pg_class c on c.oid = any ($2::regclass[])
       join pg_namespace n on n.oid = c.relnamespace
      cross join lateral (select case
              when r.rolsuper then 'superuser'
              when c.relowner = r.oid then 'owner'
              when n.nspowner = r.oid then 'schema'
              when has_table_privilege(r.oid, c.oid, 'update, delete, truncate')
                or has_any_column_privilege(r.oid, c.oid, 'update') then 'rights' end as way) w
      where pg_has_role($1::name, r.oid, 'member') and w.way is not null
      order by r.rolsuper and r.rolname = $1 desc, array_position(array['owner', 'schema', 'superuser'], w.way), r.rolname = $1
      limit 1`,
    [serverRole, appendOnly],
  );
  const [found] = rows;
  if (found === undefined) {
    return;
  }
  const why =
    found.name === serverRole
      ? `it ${ways[found.way]}`
      : `it is a member of ${found.name}, which ${ways[found.way]}`;
  throw new Error(
    `The role of the server, ${serverRole}, could unmake the audit log: ${why}. Take that from it, or leave out DATABASE_OWNER_URL (docs/operations.md).`,
  );
};

/**
 * Gives the role of the server what it needs of the owner's tables, and takes from it what it must not have: to change, delete or
 * empty the audit log, or to switch off the triggers that refuse it, which only the owner can.
 * @param owner signed in as the role that the tables belong to
 * @throws Error when the two are one role, or the server's could unmake the audit log all the same
 */
export const grantToServer = async (owner: Pool, serverRole: string): Promise<void> => {
  if ((await roleOf(owner)) === serverRole) {
    throw new Error(
      `DATABASE_OWNER_URL and DATABASE_URL sign in as the same role, ${serverRole}. Give the server a role of its own, or leave out DATABASE_OWNER_URL.`,
    );
  }
  const role = quoted(serverRole);
  const schemas = ['public', 'graphile_worker'];
  const statements = [
    ...schemas.flatMap((schema) => [
      `grant usage on schema ${schema} to ${role}`,
      `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
      `grant usage, select, update on all sequences in schema ${schema} to ${role}`,
      `grant execute on all functions in schema ${schema} to ${role}`,
    ]),
    ...(await listGuardedTables(owner)).flatMap((table) => [
      `drop policy if exists guarita_server on ${table}`,
      `create policy guarita_server on ${table} to ${role} using (true) with check (true)`,
    ]),
    ...appendOnly.map((table) => `revoke update, delete, truncate on ${table} from ${role}`),
    `revoke insert, update, delete on schema_migration from ${role}`,
  ];
  await owner.query(`begin; ${statements.join('; ')}; commit`);
  await assertCannotUnmake(owner, serverRole);
};
