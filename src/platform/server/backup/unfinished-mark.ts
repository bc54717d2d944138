/**
 * A table that stands in a database from before the first row of a restore until after its last step. Guarita does not
 * start on it: what is there may be half of an installation, and looks like an empty one.
 */
const table = 'restore_unfinished';

interface Asks {
  query(text: string): Promise<{ rows: readonly Record<string, unknown>[] }>;
}

export const markUnfinished = async (client: Asks): Promise<void> => {
  await client.query(`create table ${table} ()`);
};

export const isUnfinished = async (client: Asks): Promise<boolean> => {
  const { rows } = await client.query(`select to_regclass('public.${table}') is not null as found`);
  return rows[0]?.['found'] === true;
};

export const endUnfinished = async (client: Asks): Promise<void> => {
  await client.query(`drop table ${table}`);
};
