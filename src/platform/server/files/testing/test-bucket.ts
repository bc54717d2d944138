import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Settings } from '../../config.ts';
import { readShort } from '../../stream-request.ts';
import { createS3Client, finish } from '../s3-client.ts';
import { type Conditional, startS3StandIn } from './s3-stand-in.ts';

/** A bucket of a test's own, seen from outside of what is tested. */
export interface TestBucket {
  readonly settings: S3Settings;
  keys(prefix?: string): Promise<string[]>;
  read(key: string): Promise<string>;
  /** Over what is there, as somebody with the keys of the bucket could. */
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** How many versions lie under the key, marks of deletion too. */
  versionCount(key: string): Promise<number>;
  close(): Promise<void>;
}

interface Traits {
  readonly keepsVersions?: boolean;
  /** Other than `kept`: of a stand-in, whatever the tests run on. */
  readonly conditional?: Conditional;
}

type Store = Omit<S3Settings, 'bucket'> & { close(): Promise<void> };

/** A real store: `GUARITA_TEST_S3=http://KEY-ID:SECRET@HOST:PORT/?region=REGION`. */
const openStore = async (conditional: Conditional): Promise<Store> => {
  const given = process.env['GUARITA_TEST_S3'];
  if (given === undefined || given === '' || conditional !== 'kept') {
    const standIn = await startS3StandIn(conditional);
    return { endpoint: standIn.endpoint, ...standIn.credentials, close: () => standIn.close() };
  }
  const url = new URL(given);
  return {
    endpoint: url.origin,
    region: url.searchParams.get('region') ?? 'auto',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    close: () => Promise.resolve(),
  };
};

const bodyOf = (text: string) => {
  const bytes = Buffer.from(text);
  const digest = createHash('sha256').update(bytes).digest();
  return { bytes: Readable.from(text === '' ? [] : [bytes]), length: bytes.byteLength, digest };
};

const versioning =
  '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';

/** Made anew, on a stand-in or on the store that GUARITA_TEST_S3 names. */
export const openTestBucket = async ({
  keepsVersions = false,
  conditional = 'kept',
}: Traits = {}): Promise<TestBucket> => {
  const { close, ...store } = await openStore(conditional);
  const settings = { ...store, bucket: `guarita-test-${randomBytes(6).toString('hex')}` };
  const { ask, list, versionsOf } = createS3Client(settings);
  await finish(await ask({ method: 'PUT', path: '', body: bodyOf('') }), 200);
  if (keepsVersions) {
    const query = { versioning: '' };
    await finish(await ask({ method: 'PUT', path: '', query, body: bodyOf(versioning) }), 200);
  }
  return {
    settings,
    keys: async (prefix = '') => {
      const keys: string[] = [];
      for await (const { key } of list({ prefix, after: '' })) {
        keys.push(key);
      }
      return keys;
    },
    read: async (key) => {
      const answer = await ask({ method: 'GET', path: key });
      return answer.status === 200 ? readShort(answer.body) : finish(answer, 200);
    },
    write: async (key, text) => {
      await finish(await ask({ method: 'PUT', path: key, body: bodyOf(text) }), 200, 201, 204);
    },
    remove: async (key) => {
      await finish(await ask({ method: 'DELETE', path: key }), 200, 204);
    },
    versionCount: async (key) => (await versionsOf(key)).length,
    close,
  };
};
