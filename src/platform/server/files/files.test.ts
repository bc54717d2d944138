import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isDatabaseAwayError } from '../errors.ts';
import { createFileStore, type FileStore, FileTooLargeError, keyOf } from './index.ts';
import { openTestBucket, type TestBucket } from './testing/test-bucket.ts';

let dir: string;
let bucket: TestBucket;

beforeAll(async () => {
  bucket = await openTestBucket();
});
afterAll(() => bucket.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'guarita-files-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const openStore = (driver: string): FileStore =>
  driver === 'disk' ? createFileStore(dir) : createFileStore(dir, bucket.settings);

const text = async (stream: Readable | undefined): Promise<string | undefined> =>
  stream === undefined ? undefined : (await buffer(stream)).toString('latin1');

describe.each(['disk', 's3'])('a store of files on %s', (driver) => {
  it('gives back what was put, whole and by ranges, until it is deleted', async () => {
    const store = openStore(driver);
    const bytes = randomBytes(300_000);
    const file = await store.spool([bytes.subarray(0, 1), bytes.subarray(1)], 300_000);
    expect(file.sizeBytes).toBe(300_000);
    expect(file.sha256).toEqual(createHash('sha256').update(bytes).digest());
    const key = keyOf(randomUUID(), file.sha256);
    expect(await store.get(key)).toBeUndefined();
    await store.put(key, file);
    await store.put(key, file);
    await file.discard();
    expect(await text(await store.get(key))).toBe(bytes.toString('latin1'));
    const range = { first: 10, last: 19 };
    expect(await text(await store.get(key, range))).toBe(bytes.toString('latin1', 10, 20));
    await store.delete(key);
    await store.delete(key);
    expect(await store.get(key)).toBeUndefined();
  });

  it('lists what it has', async () => {
    const store = openStore(driver);
    const workspaceId = randomUUID();
    const keys = [];
    for (const letter of 'abcde') {
      const file = await store.spool([Buffer.from(letter)], 1);
      keys.push(keyOf(workspaceId, file.sha256));
      await store.put(keyOf(workspaceId, file.sha256), file);
    }
    const found = [];
    for await (const { key } of store.list()) {
      found.push(key);
    }
    expect(found.filter((key) => key.startsWith(workspaceId)).sort()).toEqual(keys.sort());
  });

  it('keeps nothing of what is too large or breaks off', async () => {
    const store = openStore(driver);
    await expect(store.spool([Buffer.alloc(5), Buffer.alloc(5)], 9)).rejects.toThrow(
      FileTooLargeError,
    );
    const broken = async function* () {
      yield Buffer.alloc(5);
      await Promise.resolve();
      throw new Error('cut off');
    };
    await expect(store.spool(broken(), 9)).rejects.toThrow('cut off');
    expect(await readdir(join(dir, 'incoming'))).toEqual([]);
  });

  it('takes no key but its own', async () => {
    const store = openStore(driver);
    const file = await store.spool([Buffer.from('x')], 1);
    for (const key of ['../../etc/passwd', 'a/b', `${randomUUID()}/aa/nota.pdf`, '']) {
      await expect(store.put(key, file)).rejects.toThrow('not the key');
      await expect(store.get(key)).rejects.toThrow('not the key');
    }
  });

  it('clears what a process that died has left, and leaves what is still coming', async () => {
    const store = openStore(driver);
    const file = await store.spool([Buffer.from('x')], 1);
    const old = join(dir, 'incoming', 'old');
    await writeFile(old, 'x');
    await utimes(old, new Date(0), new Date(0));
    await store.clearSpool();
    expect(await readdir(join(dir, 'incoming'))).toEqual([file.path.split('/').at(-1)]);
  });
});

describe('on the disk', () => {
  it('nobody else can read it', async () => {
    const store = openStore('disk');
    const file = await store.spool([Buffer.from('x')], 1);
    const key = keyOf(randomUUID(), file.sha256);
    await store.put(key, file);
    const modes = await Promise.all(
      [dir, join(dir, 'files', key), join(dir, 'files', key, '..')].map(
        async (path) => (await stat(path)).mode & 0o077,
      ),
    );
    expect(modes).toEqual([0, 0, 0]);
  });
});

describe('in a bucket', () => {
  const aFile = async (store: FileStore) => {
    const file = await store.spool([Buffer.from('canário')], 100);
    return { file, key: keyOf(randomUUID(), file.sha256) };
  };

  it('nothing is said to be gone, or never to have been there, when the bucket is not', async () => {
    const settings = { ...bucket.settings, bucket: 'guarita-test-not-there' };
    const store = createFileStore(dir, settings);
    const { file, key } = await aFile(store);
    await expect(store.delete(key)).rejects.toThrow('404 (NoSuchBucket)');
    await expect(store.get(key)).rejects.toThrow('404 (NoSuchBucket)');
    await expect(store.put(key, file)).rejects.toThrow('404 (NoSuchBucket)');
  });

  it('nor when something answers that is no object store', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end('Not Found'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const store = createFileStore(dir, {
      ...bucket.settings,
      endpoint: `http://127.0.0.1:${port}`,
    });
    const { key } = await aFile(store);
    await expect(store.delete(key)).rejects.toThrow('answered 404');
    await expect(store.get(key)).rejects.toThrow('answered 404');
    await new Promise((resolve) => server.close(resolve));
  });

  it('one that is out of reach is told from a database that is', async () => {
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    const store = createFileStore(dir, { ...bucket.settings, endpoint });
    const { file, key } = await aFile(store);
    const calls = [() => store.get(key), () => store.put(key, file), () => store.delete(key)];
    const tryAll = async () => {
      for (const call of calls) {
        const error: unknown = await call().catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ message: expect.stringMatching(/^the object store is out/) });
        expect(isDatabaseAwayError(error)).toBe(false);
      }
    };
    // Connections that break, then none at all.
    await tryAll();
    await new Promise((resolve) => server.close(resolve));
    await tryAll();
  });

  it('with another secret nothing is done, and the store says why', async () => {
    const store = createFileStore(dir, { ...bucket.settings, secretAccessKey: 'another' });
    const { file, key } = await aFile(store);
    await expect(store.delete(key)).rejects.toThrow('403 (SignatureDoesNotMatch)');
    await expect(store.put(key, file)).rejects.toThrow('403 (SignatureDoesNotMatch)');
  });

  it('that keeps versions what is deleted is gone in all of them, and in no others', async () => {
    const kept = await openTestBucket({ keepsVersions: true });
    const store = createFileStore(dir, kept.settings);
    const { file, key } = await aFile(store);
    const other = await aFile(store);
    await store.put(other.key, other.file);
    // Put, deleted by somebody else and put again: three versions and what hides them.
    for (let n = 0; n < 2; n += 1) {
      await store.put(key, file);
      await kept.remove(key);
    }
    expect(await kept.versionCount(key)).toBe(4);
    expect(await store.get(key)).toBeUndefined();
    await store.put(key, file);
    await store.delete(key);
    expect(await kept.versionCount(key)).toBe(0);
    await store.delete(key);
    expect(await kept.versionCount(key)).toBe(0);
    expect(await kept.keys()).toEqual([other.key]);
    expect(await kept.versionCount(other.key)).toBe(1);
    await kept.close();
  });
});
