import { chown, cp, lstat, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hydrateLinks, locateBundled, prepareBinaries } from './binaries.ts';
import { type RunUser, runAs } from './run-as.ts';
import { installations, keepLog, makeBench, query } from './testing/try-out.ts';

const bench = makeBench();
afterEach(bench.clean, 60_000);

const slow = { timeout: 120_000 };
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
// Root runs the database as another account; that one cannot pass a closed directory.
const user: RunUser = isRoot ? { uid: nobody, gid: nobody } : undefined;

/** What npm leaves when it may not run install scripts: the files without the links. */
async function copyWithoutLinks(directory: string): Promise<string> {
  const native = join(directory, 'package', 'native');
  await cp(locateBundled(), native, { recursive: true, verbatimSymlinks: true });
  for (const name of await readdir(join(native, 'lib'))) {
    const path = join(native, 'lib', name);
    if ((await lstat(path)).isSymbolicLink()) await rm(path);
  }
  return native;
}

describe('the binaries', slow, () => {
  it('get the links that npm did not make', async () => {
    const native = await copyWithoutLinks(await bench.directory());
    const postgres = join(native, 'bin', 'postgres');
    expect((await runAs(undefined, postgres, ['--version'])).stderr).toContain('shared object');
    expect(await hydrateLinks(native)).toBe(true);
    expect((await runAs(undefined, postgres, ['--version'])).stdout).toContain('PostgreSQL');
  });

  it('that run nowhere are refused, and no copy of them stays', async () => {
    const home = await bench.directory();
    const native = await copyWithoutLinks(await bench.directory());
    await rm(join(native, 'lib', 'libicuuc.so.60.2'));
    const log = keepLog();
    await expect(prepareBinaries({ native, user, home, log })).rejects.toMatchObject({
      code: 'binaries-broken',
      message: expect.stringContaining('libicuuc'),
    });
    expect(await readdir(home)).toEqual([]);
    expect(log.lines.map((line) => line.level)).toEqual(['info']);
  });

  it('of a folder that has none are refused by name', async () => {
    const home = await bench.directory();
    const trial = prepareBinaries({ binDir: `${home}/none`, user, home, log: keepLog() });
    await expect(trial).rejects.toMatchObject({
      code: 'binaries-broken',
      message: expect.stringContaining(`${home}/none`),
    });
  });
});

// Only root has another account to run the database under, and directories that this account cannot enter.
if (isRoot) {
  describe('started by root', slow, () => {
    it('runs the database under an account without rights', async () => {
      const { database } = await bench.start({ dataDir: await bench.directory() });
      expect((await stat(`/proc/${database.postmasterPid()}`)).uid).not.toBe(0);
      expect((await stat(database.dataDir)).uid).not.toBe(0);
    });

    it('copies binaries out of a closed directory', async () => {
      const home = await bench.directory();
      const closed = await bench.directory(0o700);
      const native = await copyWithoutLinks(closed);
      const log = keepLog();
      for (let round = 0; round < 2; round += 1) {
        const found = await prepareBinaries({ native, user, home, log });
        expect(found.postgres.startsWith(`${home}/binaries/`)).toBe(true);
        expect((await runAs(user, found.postgres, ['--version'])).code).toBe(0);
      }
      expect(await readdir(join(home, 'binaries'))).toHaveLength(1);
    });

    it('copies binaries out of a directory in which it may not make links', async () => {
      const home = await bench.directory();
      await chown(home, nobody, nobody);
      const native = await copyWithoutLinks(await bench.directory());
      const script = `import { prepareBinaries } from '${import.meta.resolve('./binaries.ts')}';
        const log = { info() {}, warn() {}, error() {} };
        const found = await prepareBinaries({ ...JSON.parse(process.argv[1]), user: undefined, log });
        process.stdout.write(found.postgres);`;
      const args = ['--import', 'tsx', '--input-type=module', '-e', script];
      const run = await runAs(user, process.execPath, [...args, JSON.stringify({ native, home })], {
        cwd: import.meta.dirname,
      });
      expect(run.stderr).toBe('');
      expect(run.stdout.startsWith(`${home}/binaries/`)).toBe(true);
      expect((await runAs(user, run.stdout, ['--version'])).stdout).toContain('PostgreSQL');
    });

    it.each(installations)(
      'puts the data of a closed directory elsewhere and finds it again, $name',
      async ({ with: installation }) => {
        const dataDir = join(await bench.directory(0o700), '.guarita');
        const { database } = await bench.start({ dataDir, ...installation });
        const home = (await readFile(join(dataDir, 'location'), 'utf8')).trim();
        bench.alsoDelete(home);
        expect(home).toMatch(/^\/var\/lib\/guarita\/[0-9a-f]{16}$/);
        expect(database.dataDir).toBe(join(home, 'pg'));
        expect(await readdir(dataDir)).toEqual(['location']);
        await query(database.connectionString, 'create table kept as select 1 as one');
        await database.stop();
        const again = await bench.start({ dataDir, ...installation });
        expect(again.database.dataDir).toBe(database.dataDir);
        expect(await query(again.database.connectionString, 'select one from kept')).toHaveLength(
          1,
        );
      },
    );

    it('leaves the database of an installation that lay there before alone', async () => {
      const dataDir = join(await bench.directory(0o700), '.guarita');
      const old = await bench.start({ dataDir });
      const oldHome = dirname(old.database.dataDir);
      bench.alsoDelete(oldHome);
      await query(old.database.connectionString, 'create table kept as select 1 as one');
      await old.database.stop();
      // A second clone at the same path: its own data directory is new.
      await rm(dataDir, { recursive: true });
      const { database } = await bench.start({ dataDir });
      bench.alsoDelete(dirname(database.dataDir));
      expect(database.dataDir).toBe(`${oldHome}-2/pg`);
      const found = await query(database.connectionString, `select to_regclass('kept') as name`);
      expect(found).toEqual([{ name: null }]);
      expect(await readdir(oldHome)).toContain('pg');
    });

    it('takes back data that a restored backup gave to root', async () => {
      const dataDir = await bench.directory();
      const { database } = await bench.start({ dataDir });
      await query(database.connectionString, 'create table kept as select 1 as one');
      await database.stop();
      await runAs(undefined, 'chown', ['-R', '0:0', database.dataDir]);
      await runAs(undefined, 'chmod', ['-R', 'go+rX', database.dataDir]);
      const again = await bench.start({ dataDir });
      expect(await query(again.database.connectionString, 'select one from kept')).toHaveLength(1);
    });

    it('works for an ordinary account too, and is refused to another one by name', async () => {
      const dataDir = await bench.directory();
      await runAs(undefined, 'chown', [`${nobody}:${nobody}`, dataDir]);
      const held = await bench.hold({ dataDir }, nobody);
      expect(await query(held.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect((await stat(`/proc/${held.pid}`)).uid).toBe(nobody);
      await expect(bench.hold({ dataDir }, 1)).rejects.toThrow('data-unreachable');
    });
  });
}
