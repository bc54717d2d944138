import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findRunningEmbeddedPostgres } from './index.ts';
import { installations, makeBench, query, until } from './testing/try-out.ts';

const bench = makeBench();
afterEach(bench.clean, 60_000);

const slow = { timeout: 120_000 };

describe.each(installations)('on $name', slow, ({ with: installation, major }) => {
  it('makes a closed, checked database that knows Portuguese, and keeps it over a restart', async () => {
    const dataDir = join(await bench.directory(), '.guarita');
    const { database } = await bench.start({ dataDir, durable: true, ...installation });
    const address = database.connectionString;

    const settings = await query<{ name: string; setting: string }>(
      address,
      `select name, setting from pg_settings where name in ('data_checksums', 'server_encoding',
         'fsync', 'synchronous_commit', 'listen_addresses', 'max_connections', 'autovacuum', 'wal_compression')`,
    );
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      data_checksums: 'on',
      server_encoding: 'UTF8',
      fsync: 'on',
      synchronous_commit: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '100',
      autovacuum: 'on',
      wal_compression: 'pglz',
    });
    const [facts] = await query(
      address,
      `select current_setting('server_version_num')::int / 10000 as major, lower('AÇÃO É ÚNICA') as lower,
         current_setting('data_directory') as directory,
         (select rolsuper from pg_roles where rolname = current_user) as super`,
    );
    expect(facts).toEqual({
      major,
      lower: 'ação é única',
      directory: database.dataDir,
      super: false,
    });
    await query(address, 'create extension pg_trgm');
    const [trigrams] = await query<{ list: string[] }>(address, `select show_trgm('ção') as list`);
    expect(trigrams?.list).toHaveLength(4);

    await query(address, `create table kept as select 'olá' as word`);
    await database.stop();
    await expect(query(address, 'select 1')).rejects.toThrow('ECONNREFUSED');
    const again = await bench.start({ dataDir, ...installation });
    expect(again.database.connectionString).toBe(address);
    expect(await query(address, 'select word from kept')).toEqual([{ word: 'olá' }]);
  });

  it('lets nobody in without the password', async () => {
    const dataDir = await bench.directory();
    const { database } = await bench.start({ dataDir, ...installation });
    const right = new URL(database.connectionString);
    const trial = (user: string, password: string): Promise<unknown> => {
      const url = new URL(right);
      url.username = user;
      url.password = password;
      return query(url.href, 'select 1');
    };
    await expect(trial('guarita', '')).rejects.toThrow(/password/);
    await expect(trial('guarita', 'wrong')).rejects.toThrow(/password authentication failed/);
    await expect(trial('postgres', right.password)).rejects.toThrow(/no pg_hba.conf entry/);
    expect(await trial('guarita', right.password)).toHaveLength(1);
    expect((await stat(join(dataDir, 'pg-password'))).mode & 0o777).toBe(0o600);
    expect((await stat(database.dataDir)).mode & 0o777).toBe(0o700);
  });

  it('writes nothing of rows, parameters or statements to its log', async () => {
    const dataDir = await bench.directory();
    const { database } = await bench.start({ dataDir, ...installation });
    const address = database.connectionString;
    await query(address, 'create table note (id int primary key, body text check (body <> $$x$$))');
    const secret = 'segredo-da-cliente';
    const fail = (text: string, values: unknown[] = []) =>
      expect(query(address, text, values)).rejects.toThrow();
    await query(address, 'insert into note values (1, $1)', [secret]);
    await fail('insert into note values (1, $1)', [secret]);
    await fail('insert into note values (null, $1)', [secret]);
    await fail(`select '${secret}'::int`);
    await fail('select $1::int', [secret]);
    await fail(`select nonsense('${secret}')`);
    await fail(`do $$ begin raise exception '${secret}'; end $$`);
    await fail(`do $$ begin raise warning '${secret}'; perform 1 / 0; end $$`);
    // A backend that is killed makes the server tell what it was doing.
    const busy = query(address, `select '${secret}', pg_sleep(20)`).catch(() => 'cut');
    let backend: number | undefined;
    await until(async () => {
      const rows = await query<{ pid: number }>(
        address,
        `select pid from pg_stat_activity where query like 'select%sleep(20)' and pid <> pg_backend_pid()`,
      );
      backend = rows[0]?.pid;
      return backend !== undefined;
    }, 5_000);
    process.kill(backend ?? Number.NaN, 'SIGKILL');
    expect(await busy).toBe('cut');
    await database.stop();
    const log = await readFile(join(dataDir, 'postgresql.log'), 'utf8');
    expect(log).toContain('terminated by signal 9');
    expect(log).not.toContain(secret);
    expect(log).not.toMatch(/insert|select|note|STATEMENT|DETAIL/);
  });

  it('makes a new password when the file is lost', async () => {
    const dataDir = await bench.directory();
    const first = await bench.start({ dataDir, ...installation });
    await query(first.database.connectionString, 'create table kept (id int)');
    await first.database.stop();
    await rm(join(dataDir, 'pg-password'));
    const second = await bench.start({ dataDir, ...installation });
    expect(second.database.connectionString).not.toBe(first.database.connectionString);
    expect(await query(second.database.connectionString, 'select * from kept')).toEqual([]);
    await second.database.stop();
    await writeFile(join(dataDir, 'pg-password'), 'another-password-of-its-length');
    await expect(bench.start({ dataDir, ...installation })).rejects.toMatchObject({
      code: 'password-refused',
    });
  });
});

describe('one launcher for one data directory', slow, () => {
  it('refuses a second one and names the first', async () => {
    const dataDir = await bench.directory();
    expect(await findRunningEmbeddedPostgres(dataDir)).toBeUndefined();
    const { child, connectionString } = await bench.hold({ dataDir });
    await expect(bench.start({ dataDir })).rejects.toMatchObject({
      code: 'already-running',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    expect(await findRunningEmbeddedPostgres(dataDir)).toBe(connectionString);
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a second one in the same process, and takes it after a stop', async () => {
    const dataDir = await bench.directory();
    const { database } = await bench.start({ dataDir });
    await expect(bench.start({ dataDir })).rejects.toMatchObject({ code: 'already-running' });
    await Promise.all([database.stop(), database.stop()]);
    expect(database.postmasterPid()).toBeUndefined();
    expect(await readdir(join(dataDir, 'pg-launcher'))).toEqual([]);
    const again = await bench.start({ dataDir });
    expect(again.database.postmasterPid()).toBeGreaterThan(0);
  });

  it('lets one of two simultaneous first starts win', async () => {
    const dataDir = await bench.directory();
    const results = await Promise.allSettled([bench.start({ dataDir }), bench.start({ dataDir })]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what it finds in the data directory', slow, () => {
  it('refuses data of another major version and leaves it as it is', async () => {
    const dataDir = await bench.directory();
    await mkdir(join(dataDir, 'pg'), { mode: 0o750 });
    await writeFile(join(dataDir, 'pg', 'PG_VERSION'), '14\n');
    await writeFile(join(dataDir, 'pg', 'precious'), 'data');
    const before = await stat(join(dataDir, 'pg'));
    await expect(bench.start({ dataDir })).rejects.toMatchObject({
      code: 'wrong-major',
      message: expect.stringMatching(
        /PostgreSQL 14.*PostgreSQL 18.*Nothing was changed.*guarita -- backup.*guarita -- restore/s,
      ),
    });
    const after = await stat(join(dataDir, 'pg'));
    expect([after.mode, after.uid, after.mtimeMs]).toEqual([
      before.mode,
      before.uid,
      before.mtimeMs,
    ]);
    expect(await readdir(dataDir)).toEqual(['pg', 'pg-launcher']);
    expect(await readFile(join(dataDir, 'pg', 'precious'), 'utf8')).toBe('data');
  });

  it('refuses a directory that is no database, and a location that is not there', async () => {
    const damaged = await bench.directory();
    await mkdir(join(damaged, 'pg'));
    await writeFile(join(damaged, 'pg', 'something'), '');
    await expect(bench.start({ dataDir: damaged })).rejects.toMatchObject({ code: 'data-damaged' });
    const lost = await bench.directory();
    await writeFile(join(lost, 'location'), `${lost}/nowhere\n`);
    await expect(bench.start({ dataDir: lost })).rejects.toMatchObject({ code: 'data-missing' });
  });

  it('takes another port when the remembered one is taken, but not when it was asked for', async () => {
    const dataDir = await bench.directory();
    const first = await bench.start({ dataDir });
    await first.database.stop();
    const port = Number(new URL(first.database.connectionString).port);
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    try {
      await expect(bench.start({ dataDir, port })).rejects.toMatchObject({ code: 'port-in-use' });
      const second = await bench.start({ dataDir });
      expect(new URL(second.database.connectionString).port).not.toBe(String(port));
      expect(await query(second.database.connectionString, 'select 1 as one')).toHaveLength(1);
    } finally {
      squatter.close();
    }
  });

  it('says why the server does not start', async () => {
    const dataDir = await bench.directory();
    await expect(
      bench.start({ dataDir, settings: { shared_buffers: 'plenty' } }),
    ).rejects.toMatchObject({ code: 'start-failed', message: expect.stringContaining('plenty') });
  });
});
