import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDatabase, loadFiles, readManifest, saveDatabase } from './index.ts';
import {
  aFile,
  ask,
  clearAway,
  database,
  filesIn,
  folder,
  odd,
  schema,
} from './testing/backup-bench.ts';

let source: string;
let media: string;

const fillSource = async (): Promise<void> => {
  await ask(
    source,
    `insert into "user" values ('child', 'infinity', 'parent'), ('parent', now(), null)`,
  );
  await ask(source, 'alter table odd disable trigger user');
  for (const [index, note] of odd.entries()) {
    await ask(
      source,
      `insert into odd (owner, note, bytes, list, facts, at, ratio)
        values ('child', $1, $2, $3, $4, '0001-01-01 BC', $5)`,
      [note, Buffer.from([0, 1, 255, index]), [note, '{"}'], { note }, index / 3],
    );
  }
  await ask(
    source,
    `insert into odd (note) select repeat('x', 1000) from generate_series(1, 5000)`,
  );
  await ask(source, 'alter table odd enable trigger user');
  await ask(source, `select nextval('empty_id_seq')`);
};

const save = async (files = filesIn(media)) => {
  const directory = await folder();
  const secretCheck = 'ab'.repeat(32);
  const manifest = await saveDatabase({
    databaseUrl: source,
    directory,
    files,
    secretCheck,
    say: () => undefined,
  });
  return { directory, manifest };
};

const load = async (directory: string, target: string, to: string): Promise<void> => {
  const manifest = await readManifest(directory);
  await loadDatabase({ databaseUrl: target, directory, manifest, say: () => undefined });
  await loadFiles(directory, manifest, to);
};

beforeAll(async () => {
  source = await database(schema);
  media = await folder();
  await fillSource();
});

afterAll(clearAway);

describe('a backup', () => {
  it('brings back every byte, every sequence and every wall', async () => {
    const { directory, manifest } = await save();
    expect(manifest.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['empty', 0],
      ['odd', 5_007],
      ['stored_file', 0],
      ['user', 2],
    ]);
    expect((await stat(join(directory, 'manifest.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'tables', 'odd.copy.gz'))).mode & 0o777).toBe(0o600);

    const target = await database(schema);
    await load(directory, target, await folder());
    const all = `select o.*, o.twice = o.id * 2 as right from odd o order by id limit 10`;
    expect((await ask(target, all)).rows).toEqual((await ask(source, all)).rows);
    const people = 'select * from "user" order by id';
    expect((await ask(target, people)).rows).toEqual((await ask(source, people)).rows);
    const { rows } = await ask(
      target,
      `select nextval('empty_id_seq') as empty, nextval('odd_id_seq') as odd`,
    );
    expect(rows).toEqual([{ empty: 2, odd: 5_008 }]);
    await expect(ask(target, `insert into odd (note) values ('x')`)).rejects.toThrow(
      'the wall stands',
    );
    await expect(ask(target, 'truncate odd cascade')).rejects.toThrow('the wall stands');
    await expect(ask(target, 'insert into empty (odd_id) values (1000000)')).rejects.toThrow(
      'empty_odd_id_fkey',
    );
  });

  it('is one moment, whatever is written meanwhile', async () => {
    const moment = await database(`${schema}
      create table a_first (n integer); create table z_last (n integer);`);
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      for (; !isOver; written += 1) {
        await ask(
          moment,
          `begin; insert into a_first values (${written}); insert into z_last values (${written}); commit`,
        );
      }
    })();
    const directory = await folder();
    await expect.poll(() => written, { timeout: 10_000 }).toBeGreaterThan(2);
    const manifest = await saveDatabase({
      databaseUrl: moment,
      directory,
      files: filesIn(undefined),
      secretCheck: 'ab'.repeat(32),
      say: () => undefined,
    });
    isOver = true;
    await writing;
    const [first, last] = ['a_first', 'z_last'].map((name) =>
      manifest.tables.find((table) => table.name === name),
    );
    expect(first?.rows).toBeGreaterThan(2);
    expect(first?.sha256).toBe(last?.sha256);
    expect(manifest.files.place).toBe('elsewhere');
  });

  it('has every file that its rows name, and no other', async () => {
    const kept = await aFile(source, media, 'a picture');
    await writeFile(join(dirname(kept), 'f'.repeat(64)), 'of no row');
    const gone = await aFile(source, media, 'was lost');
    await rm(gone);
    const { directory, manifest } = await save();
    expect(manifest.files).toMatchObject({ place: 'folder', copied: 1, bytes: 9, missing: 1 });
    expect(manifest.files.list?.rows).toBe(2);
    const names = (await readdir(directory, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.parentPath.includes('media'))
      .map((entry) => entry.name);
    expect(names).toEqual([kept.slice(-64)]);

    const [target, to] = [await database(schema), await folder()];
    await load(directory, target, to);
    expect(await readFile(join(to, kept.slice(media.length + 1)), 'utf8')).toBe('a picture');
    await ask(source, 'delete from stored_file');
  });

  it('keeps a file that is cleared away while it is being taken', async () => {
    const path = await aFile(source, media, 'soon gone');
    const directory = await folder();
    const manifest = await saveDatabase({
      databaseUrl: source,
      directory,
      files: filesIn(media),
      secretCheck: 'ab'.repeat(32),
      // The snapshot stands, the rows are being copied; the clearing up of the server comes now.
      say: (line) => {
        if (line.startsWith('empty:')) {
          void rm(path);
        }
      },
    });
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(manifest.files).toMatchObject({ copied: 1, missing: 0 });
    await ask(source, 'delete from stored_file');
  });
});

describe('jobs of a backup', () => {
  it('are free again, in their order, with their time; those without a try left stay behind', async () => {
    const url = await database(schema);
    await ask(
      url,
      `select graphile_worker.add_job('a.held', '{"n": 1}', job_key => 'k1', max_attempts => 9);
       select graphile_worker.add_job('b.later', '{"n": 2}', run_at => '2031-05-06T07:08:09Z', queue_name => 'q', flags => '{f}');
       select graphile_worker.add_job('c.dead', '{"n": 3}', max_attempts => 1);
       update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody', attempts = 3 where key = 'k1';
       update graphile_worker._private_jobs set attempts = 1 where max_attempts = 1`,
    );
    const directory = await folder();
    await saveDatabase({
      databaseUrl: url,
      directory,
      files: filesIn(undefined),
      secretCheck: 'ab'.repeat(32),
      say: () => undefined,
    });
    const target = await database(schema);
    await load(directory, target, await folder());
    const { rows } = await ask(
      target,
      `select task_identifier, queue_name, max_attempts, attempts, key, locked_by, flags,
              run_at = '2031-05-06T07:08:09Z' as later from graphile_worker.jobs order by id`,
    );
    expect(rows).toMatchObject([
      { task_identifier: 'a.held', key: 'k1', max_attempts: 9, attempts: 0, locked_by: null },
      { task_identifier: 'b.later', queue_name: 'q', later: true, flags: { f: true } },
    ]);
    expect(rows).toHaveLength(2);
  });
});

describe('a restore refuses', () => {
  const emptied = async (target: string): Promise<void> => {
    const { rows } = await ask(
      target,
      'select (select count(*) from "user") + (select count(*) from odd) as n',
    );
    expect(rows).toEqual([{ n: 0 }]);
  };

  it('a file that was changed, cut or lost, and leaves nothing behind', async () => {
    const { directory } = await save();
    const target = await database(schema);
    const file = join(directory, 'tables', 'odd.copy.gz');
    const whole = await readFile(file);
    const changes: Buffer[] = [
      Buffer.from(whole.map((byte, at) => (at === 500 ? byte ^ 1 : byte))),
      whole.subarray(0, whole.length - 200),
      Buffer.concat([whole, whole]),
      await readFile(join(directory, 'tables', 'user.copy.gz')),
    ];
    for (const change of changes) {
      await writeFile(file, change);
      await expect(load(directory, target, await folder())).rejects.toThrow(
        'the backup is damaged: the table odd',
      );
      await emptied(target);
    }
    await rm(file);
    await expect(load(directory, target, await folder())).rejects.toThrow('damaged: the table odd');
    await writeFile(file, whole);
    await load(directory, target, await folder());
  });

  it('a folder whose manifest is missing, cut, or of another kind', async () => {
    const directory = await folder();
    await expect(readManifest(directory)).rejects.toThrow('holds no whole backup');
    await writeFile(join(directory, 'manifest.json'), '{"format": 1');
    await expect(readManifest(directory)).rejects.toThrow('it is not JSON');
    await writeFile(join(directory, 'manifest.json'), '{"format": 1}');
    await expect(readManifest(directory)).rejects.toThrow('no manifest of a backup');
    await writeFile(join(directory, 'manifest.json'), '{"format": 2}');
    await expect(readManifest(directory)).rejects.toThrow('by a newer Guarita');
  });

  it('tables that are not those of the backup', async () => {
    const { directory } = await save();
    const target = await database(`${schema} alter table odd add column more text`);
    await expect(load(directory, target, await folder())).rejects.toThrow(
      'not those of the backup',
    );
  });

  it('a file of the media that was changed', async () => {
    const path = await aFile(source, media, 'as it was');
    const { directory } = await save();
    await writeFile(join(directory, 'media', path.slice(media.length + 1)), 'as it is!');
    const target = await database(schema);
    await expect(load(directory, target, await folder())).rejects.toThrow('a file of the media');
    await ask(source, 'delete from stored_file');
  });
});
