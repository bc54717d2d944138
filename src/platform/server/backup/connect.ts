import pg from 'pg';

/** What makes the text of a value the same on every server, and lets nothing end a long copy. */
const settings = [
  `client_encoding = 'UTF8'`,
  `datestyle = 'ISO, YMD'`,
  `intervalstyle = 'postgres'`,
  `timezone = 'UTC'`,
  'extra_float_digits = 3',
  `bytea_output = 'hex'`,
  // Rows in the order they lie in, also while others read the same table.
  'synchronize_seqscans = off',
  'statement_timeout = 0',
  'lock_timeout = 0',
  'idle_in_transaction_session_timeout = 0',
];

/** Runs `work` on a connection of its own. */
export const withConnection = async <T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'guarita-backup',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // Without a handler a connection that breaks ends the process; the statement that waits is told.
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const setting of settings) {
      await client.query(`set ${setting}`);
    }
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** In one transaction, which `begin` opens. */
export const inTransaction = async <T>(
  client: pg.Client,
  begin: string,
  work: () => Promise<T>,
): Promise<T> => {
  await client.query(begin);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};
