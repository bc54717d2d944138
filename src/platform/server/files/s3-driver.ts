import { createReadStream } from 'node:fs';
import type { S3Settings } from '../config.ts';
import { assertKey, type FileDriver, type ListedFile, readKey } from './file-store.ts';
import { createS3Client, finish, isAbsent } from './s3-client.ts';

/** Files as objects of a bucket. */
export const createS3Driver = (settings: S3Settings): FileDriver => {
  const { ask, list, versionsOf } = createS3Client(settings);

  async function* listFiles(): AsyncIterable<ListedFile> {
    for await (const object of list()) {
      if (readKey(object.key) !== undefined) {
        yield object;
      }
    }
  }

  return {
    put: async (key, file) => {
      assertKey(key);
      const known = await ask({ method: 'HEAD', path: key });
      known.body.resume();
      if (known.status !== 200 || known.headers['content-length'] !== String(file.sizeBytes)) {
        const body = {
          bytes: createReadStream(file.path),
          length: file.sizeBytes,
          digest: file.sha256,
        };
        await finish(await ask({ method: 'PUT', path: key, body }), 200, 201, 204);
      }
    },
    get: async (key, range) => {
      assertKey(key);
      const headers = range === undefined ? {} : { range: `bytes=${range.first}-${range.last}` };
      const answer = await ask({ method: 'GET', path: key, headers });
      if (answer.status === 200 || answer.status === 206) {
        return answer.body;
      }
      if (!(await isAbsent(answer))) {
        await finish(answer);
      }
      return undefined;
    },
    delete: async (key) => {
      assertKey(key);
      const answer = await ask({ method: 'DELETE', path: key });
      const isHidden = answer.headers['x-amz-delete-marker'] === 'true';
      if (!(await isAbsent(answer))) {
        await finish(answer, 200, 204);
      }
      // A bucket that keeps versions has only put a mark on top: what lies below it is still there for whoever asks.
      for (const versionId of isHidden ? await versionsOf(key) : []) {
        await finish(await ask({ method: 'DELETE', path: key, query: { versionId } }), 200, 204);
      }
    },
    list: listFiles,
  };
};
