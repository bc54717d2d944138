import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { locateBundled } from './binaries.ts';
import {
  answers,
  childrenOf,
  installations,
  lives,
  makeBench,
  parentOf,
  processesIn,
  query,
  until,
} from './testing/try-out.ts';

const bench = makeBench();
afterEach(bench.clean, 60_000);

const slow = { timeout: 120_000 };
const soon = 5_000;

/** With the first of them some of the others end by themselves. */
const killIfThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
};

describe.each(installations)('after kill -9, on $name', slow, ({ with: installation }) => {
  it('of the server: it is back at the same address with what was committed', async () => {
    const { database, log } = await bench.start({
      dataDir: await bench.directory(),
      ...installation,
    });
    const address = database.connectionString;
    await query(address, 'create table kept as select 1 as one');
    for (let round = 0; round < 3; round += 1) {
      const pid = database.postmasterPid() ?? Number.NaN;
      process.kill(pid, 'SIGKILL');
      await until(() => !lives(pid), soon);
      await until(() => answers(address), soon);
      expect(await query(address, 'select one from kept')).toEqual([{ one: 1 }]);
      await until(() => database.postmasterPid() !== undefined, soon);
      expect(database.postmasterPid()).not.toBe(pid);
    }
    expect(log.lines.filter((line) => line.level === 'error')).toHaveLength(3);
  });

  it('of the server under a busy backend, which would keep the next one out', async () => {
    const { database } = await bench.start({ dataDir: await bench.directory(), ...installation });
    const address = database.connectionString;
    const busy = query(
      address,
      `do $$ begin loop begin perform 1; exception when others then null; end; end loop; end $$`,
    ).catch(() => 'cut');
    await until(async () => {
      const rows = await query(address, `select 1 from pg_stat_activity where query like 'do %'`);
      return rows.length > 0;
    }, soon);
    process.kill(database.postmasterPid() ?? Number.NaN, 'SIGKILL');
    await until(async () => !(await answers(address)), soon);
    await until(() => answers(address), 10_000);
    expect(await busy).toBe('cut');
  });

  it('of the guard or of its watcher: the database is back, with guards', async () => {
    const { database } = await bench.start({ dataDir: await bench.directory(), ...installation });
    for (const which of ['guard', 'watcher']) {
      const server = database.postmasterPid() ?? Number.NaN;
      const guard = parentOf(server);
      const watcher = childrenOf(guard).find((pid) => pid !== server) ?? Number.NaN;
      process.kill(which === 'guard' ? guard : watcher, 'SIGKILL');
      await until(() => {
        const now = database.postmasterPid();
        return now !== undefined && now !== server;
      }, 10_000);
      expect(await answers(database.connectionString)).toBe(true);
      await until(() => ![server, guard, watcher].some(lives), soon);
    }
  });

  it('of the launcher: nothing is left running, and the next start has the data', async () => {
    const dataDir = await bench.directory();
    const held = await bench.hold({ dataDir, ...installation });
    await query(held.connectionString, 'create table kept as select 1 as one');
    expect(processesIn(dataDir).length).toBeGreaterThan(0);
    held.child.kill('SIGKILL');
    await until(() => !lives(held.pid), soon);
    await until(() => processesIn(dataDir).length === 0, soon);
    const { database } = await bench.start({ dataDir, ...installation });
    expect(database.connectionString).toBe(held.connectionString);
    expect(await query(database.connectionString, 'select one from kept')).toHaveLength(1);
  });

  it('of the launcher and all guards at once: the server does not outlive them', async () => {
    const dataDir = await bench.directory();
    const held = await bench.hold({ dataDir, ...installation });
    const guard = parentOf(held.pid);
    const guards = [guard, ...childrenOf(guard).filter((pid) => pid !== held.pid)];
    held.child.kill('SIGKILL');
    for (const pid of guards.reverse()) process.kill(pid, 'SIGKILL');
    await until(() => !lives(held.pid), soon);
    const { database } = await bench.start({ dataDir, ...installation });
    expect(await answers(database.connectionString)).toBe(true);
  });

  it('of everything at once: the next start waits for the dead and recovers', async () => {
    const dataDir = await bench.directory();
    const held = await bench.hold({ dataDir, ...installation });
    await query(held.connectionString, 'create table kept as select 1 as one');
    held.child.kill('SIGKILL');
    for (const pid of processesIn(dataDir)) killIfThere(pid);
    const { database } = await bench.start({ dataDir, ...installation });
    expect(await query(database.connectionString, 'select one from kept')).toHaveLength(1);
  });
});

describe('leaving', slow, () => {
  it('stops within five seconds although clients are connected and busy', async () => {
    const { database } = await bench.start({ dataDir: await bench.directory() });
    const busy = query(database.connectionString, 'select pg_sleep(60)').catch(() => 'cut');
    await until(async () => {
      const rows = await query(
        database.connectionString,
        `select 1 from pg_stat_activity where query = 'select pg_sleep(60)'`,
      );
      return rows.length > 0;
    }, soon);
    const pid = database.postmasterPid() ?? Number.NaN;
    const begin = performance.now();
    await database.stop();
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(lives(pid)).toBe(false);
    expect(await busy).toBe('cut');
  });

  it('can be stopped while a killed server is on its way back', async () => {
    const dataDir = await bench.directory();
    const { database } = await bench.start({ dataDir });
    process.kill(database.postmasterPid() ?? Number.NaN, 'SIGKILL');
    await database.stop();
    expect(database.postmasterPid()).toBeUndefined();
    expect(processesIn(dataDir)).toEqual([]);
  });
});

describe('a server without a launcher on our data', slow, () => {
  it('is stopped before ours starts', async () => {
    const dataDir = await bench.directory();
    const { database: first } = await bench.start({ dataDir });
    await first.stop();
    const owner = await stat(first.dataDir);
    const stray = spawn(
      join(locateBundled(), 'bin', 'postgres'),
      ['-D', first.dataDir, '-c', `config_file=${join(dataDir, 'postgresql.conf')}`],
      { stdio: 'ignore', cwd: '/', uid: owner.uid, gid: owner.gid },
    );
    await until(() => answers(first.connectionString), soon);
    const { database, log } = await bench.start({ dataDir });
    expect(lives(stray.pid ?? Number.NaN)).toBe(false);
    expect(database.postmasterPid()).not.toBe(stray.pid);
    expect(await answers(database.connectionString)).toBe(true);
    expect(log.lines.filter((line) => line.level === 'warn')).toHaveLength(1);
  });
});
