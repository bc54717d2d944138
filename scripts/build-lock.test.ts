import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pidNamespace } from '../src/platform/server/embedded-postgres/process-table.ts';
import { withBuildLock } from './build-lock.ts';

let folder = '';
let lock = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guarita-build-lock-'));
  lock = join(folder, 'dist/.build.lock');
  await mkdir(join(folder, 'dist'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const builtSoon = (): Promise<string> =>
  Promise.race([
    withBuildLock(lock, async () => 'built'),
    wait(2_500, 'still waiting', { ref: false }),
  ]);

describe('the lock of a build', () => {
  it.each([
    ['with a number that another process has now', '1'],
    ['with our own number', String(process.pid)],
    ['without a number', ''],
  ])('that an earlier version left as a file %s is taken over', async (_, text) => {
    await writeFile(lock, text);
    expect(await builtSoon()).toBe('built');
    expect(await readdir(lock)).toEqual([]);
  });

  it.each([
    ['of a process whose number another one has now', { pid: 1, identity: 'before' }],
    ['of a process that had our number', { pid: process.pid, identity: 'before' }],
    ['that was not written to its end', undefined],
  ])('%s is taken over', async (_, claim) => {
    await mkdir(lock);
    const whole = { ...claim, namespace: pidNamespace(), since: 1 };
    const text = claim === undefined ? '{"pid":' : JSON.stringify(whole);
    await writeFile(join(lock, '0123456789abcdef.claim'), text);
    expect(await builtSoon()).toBe('built');
    expect(await readdir(lock)).toEqual([]);
  });

  it('is respected while its holder lives, and given back when the build fails', async () => {
    const failing = withBuildLock(lock, async () => {
      await wait(3_500);
      throw new Error('it does not build');
    });
    await wait(100);
    const second = builtSoon();
    await expect(Promise.all([failing, second])).rejects.toThrow('it does not build');
    expect(await second).toBe('still waiting');
    expect(await builtSoon()).toBe('built');
  });

  it('lets one build at a time', async () => {
    let [building, most] = [0, 0];
    const work = async (): Promise<void> => {
      building += 1;
      most = Math.max(most, building);
      await wait(30);
      building -= 1;
    };
    await Promise.all(Array.from({ length: 4 }, () => withBuildLock(lock, work)));
    expect(most).toBe(1);
  });
});
