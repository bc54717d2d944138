import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSecret } from './instance-secret.ts';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';

let deps: TestDeps;
let dataDir: string;
const folders: string[] = [];

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(async () => {
  for (const folder of folders) {
    await rm(folder, { recursive: true, force: true });
  }
  await deps.close();
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guarita-secret-'));
  folders.push(dataDir);
  await deps.pool.query('delete from installation');
});

const openIt = (isCommand = false, secret: string | undefined = undefined) =>
  openSecret(deps.pool, { secret, dataDir, databaseUrl: deps.databaseUrl }, isCommand);

describe('the secret of an installation', () => {
  it('is made once, by whichever process comes first, and closed to others', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => openIt()));
    const hashes = keys.map((keyed) => keyed.hash('api-key', 'x').toString('hex'));
    expect(new Set(hashes).size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['secret']);
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dataDir, 'secret'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it.each(['', '\n', 'short'])('that is cut off (%j) is refused by its place', async (text) => {
    await writeFile(join(dataDir, 'secret'), text);
    await expect(openIt()).rejects.toThrow(`${dataDir}/secret is damaged`);
    expect(await readFile(join(dataDir, 'secret'), 'utf8')).toBe(text);
  });

  it('that cannot be written is the system’s error, not another one', async () => {
    await writeFile(join(dataDir, 'file'), '');
    dataDir = join(dataDir, 'file');
    await expect(openIt()).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('is not made by a command', async () => {
    await expect(openIt(true)).rejects.toThrow(`there is no secret in ${dataDir}/secret`);
    expect(await readdir(dataDir)).toEqual([]);
    await openIt();
    await openIt(true);
  });

  it('of another installation is refused, naming both', async () => {
    await openIt();
    await expect(openIt(false, 'another secret of thirty-two characters')).rejects.toThrow(
      /the database of DATABASE_URL was set up with another secret than that of GUARITA_SECRET/,
    );
    await rm(join(dataDir, 'secret'));
    await expect(openIt()).rejects.toThrow(`than that of ${dataDir}/secret`);
  });
});
