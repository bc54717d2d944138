import { createReadStream } from 'node:fs';
import { AwsClient } from 'aws4fetch';
import type { S3Settings } from '../config.ts';
import { readShort, requestStream, type StreamAnswer } from '../stream-request.ts';
import {
  assertKey,
  type FileDriver,
  type ListedFile,
  readKey,
  type SpooledFile,
} from './file-store.ts';

/** Without an answer in this time a request is given up; what is sent along takes longer, what comes back as long as it takes. */
const answerMs = 30_000;
const slowestBytesPerMs = 64;

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly file?: SpooledFile;
}

/** The status alone: answers quote keys and requests. */
class S3Error extends Error {
  override readonly name = 'S3Error';
}

const unescapeXml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => {
    const letters: Readonly<Record<string, string>> = {
      amp: '&',
      lt: '<',
      gt: '>',
      quot: '"',
      apos: "'",
    };
    return letters[name] ?? '';
  });

const tag = (xml: string, name: string): string | undefined => {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined ? undefined : unescapeXml(found);
};

const listed = (xml: string): ListedFile[] =>
  [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, item = '']) => {
    const key = tag(item, 'Key');
    const modified = tag(item, 'LastModified');
    return key !== undefined && modified !== undefined && readKey(key) !== undefined
      ? [{ key, modifiedAt: new Date(modified) }]
      : [];
  });

const finish = async (answer: StreamAnswer, ...good: readonly number[]): Promise<string> => {
  const text = await readShort(answer.body, 4 * 1024 * 1024);
  if (!good.includes(answer.status)) {
    throw new S3Error(`the object store answered ${answer.status}`);
  }
  return text;
};

/** Objects in a bucket of anything that speaks S3, addressed by path. One request a call, signed by `aws4fetch`. */
export const createS3Driver = (settings: S3Settings): FileDriver => {
  const { accessKeyId, secretAccessKey, region } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const root = `${settings.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(settings.bucket)}`;

  const ask = async ({ method, path, query = {}, headers = {}, file }: Ask) => {
    const url = new URL(path === '' ? root : `${root}/${path}`);
    for (const [name, value] of Object.entries(query)) {
      url.searchParams.set(name, value);
    }
    // What is sent along is signed by its digest, and refused when it changes on the way.
    const digest = file?.sha256.toString('hex') ?? 'UNSIGNED-PAYLOAD';
    const signed = await client.sign(url.href, {
      method,
      headers: { ...headers, 'x-amz-content-sha256': digest },
    });
    const patience = new AbortController();
    const timer = setTimeout(
      () => patience.abort(new S3Error('the object store does not answer')),
      answerMs + (file?.sizeBytes ?? 0) / slowestBytesPerMs,
    );
    try {
      return await requestStream(signed.url, {
        method,
        headers: Object.fromEntries(signed.headers),
        signal: patience.signal,
        ...(file === undefined
          ? {}
          : { body: { bytes: createReadStream(file.path), length: file.sizeBytes } }),
      });
    } finally {
      clearTimeout(timer);
    }
  };

  async function* list(): AsyncIterable<ListedFile> {
    for (let token: string | undefined, isLast = false; !isLast; isLast = token === undefined) {
      const query = {
        'list-type': '2',
        ...(token === undefined ? {} : { 'continuation-token': token }),
      };
      const xml = await finish(await ask({ method: 'GET', path: '', query }), 200);
      yield* listed(xml);
      token = tag(xml, 'NextContinuationToken');
    }
  }

  return {
    put: async (key, file) => {
      assertKey(key);
      const known = await ask({ method: 'HEAD', path: key });
      known.body.resume();
      if (known.status !== 200 || known.headers['content-length'] !== String(file.sizeBytes)) {
        await finish(await ask({ method: 'PUT', path: key, file }), 200, 201, 204);
      }
    },
    get: async (key, range) => {
      assertKey(key);
      const headers = range === undefined ? {} : { range: `bytes=${range.first}-${range.last}` };
      const answer = await ask({ method: 'GET', path: key, headers });
      if (answer.status === 200 || answer.status === 206) {
        return answer.body;
      }
      await finish(answer, 404);
      return undefined;
    },
    delete: async (key) => {
      assertKey(key);
      await finish(await ask({ method: 'DELETE', path: key }), 200, 204, 404);
    },
    list,
  };
};
