import pg from 'pg';

type Answer = 'ready' | 'not-yet' | 'refused';

/** Whether a server answers at the port and serves this very cluster, and not another program or another database. */
export async function askServer(port: number, password: string, cluster: string): Promise<Answer> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'guarita',
    password,
    database: 'guarita',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const answer = await client.query<{ directory: string }>(
      "select current_setting('data_directory') as directory",
    );
    return answer.rows[0]?.directory === cluster ? 'ready' : 'not-yet';
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    return code === '28P01' || code === '28000' ? 'refused' : 'not-yet';
  } finally {
    await client.end().catch(() => {});
  }
}
