import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireLauncherLock, lockHolder } from './launcher-lock.ts';
import { pidNamespace } from './process-table.ts';

let home = '';
let lockDir = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guarita-lock-'));
  lockDir = join(home, 'lock');
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function leaveClaim(claim: string | object): Promise<void> {
  await mkdir(lockDir);
  const text = typeof claim === 'string' ? claim : JSON.stringify(claim);
  await writeFile(join(lockDir, '0123456789abcdef.claim'), text);
}

it('is held by one, and free again after its release', async () => {
  const lock = await acquireLauncherLock(home, lockDir);
  expect(await lockHolder(lockDir)).toBe(process.pid);
  await expect(acquireLauncherLock(home, lockDir)).rejects.toMatchObject({
    code: 'already-running',
  });
  expect(await lockHolder(lockDir)).toBe(process.pid);
  await lock.release();
  expect(await lockHolder(lockDir)).toBeUndefined();
  expect(await readdir(lockDir)).toEqual([]);
});

it.each([
  ['of a process whose number another one has now', { pid: process.pid, identity: 'before' }],
  ['of a process that is gone', { pid: 2 ** 22 + 1, identity: 'gone' }],
])('left behind by the death %s is taken over', async (_, claim) => {
  await leaveClaim({ ...claim, namespace: pidNamespace(), since: 1 });
  const lock = await acquireLauncherLock(home, lockDir);
  expect(await lockHolder(lockDir)).toBe(process.pid);
  expect(await readdir(lockDir)).toHaveLength(1);
  await lock.release();
});

it('that a crash left unreadable is taken over', async () => {
  await leaveClaim('{"pid":');
  const lock = await acquireLauncherLock(home, lockDir);
  expect(await lockHolder(lockDir)).toBe(process.pid);
  await lock.release();
});

it('of another container is respected while it beats', async () => {
  await leaveClaim({ pid: 7, identity: 'other', namespace: 'pid:[other]', since: 1 });
  expect(await lockHolder(lockDir)).toBe(7);
  // Silent from here on: taken over once it counts as gone.
  const begin = performance.now();
  const lock = await acquireLauncherLock(home, lockDir);
  expect(performance.now() - begin).toBeGreaterThan(3_000);
  await lock.release();
}, 20_000);

it('goes to exactly one of many who find a dead one', async () => {
  await leaveClaim({ pid: 7, identity: 'x', namespace: pidNamespace(), since: 1 });
  const tries = Array.from({ length: 8 }, () => acquireLauncherLock(home, lockDir));
  const results = await Promise.allSettled(tries);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
}, 20_000);
