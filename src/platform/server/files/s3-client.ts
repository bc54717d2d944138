import { AwsClient } from 'aws4fetch';
import type { S3Settings } from '../config.ts';
import { readShort, requestStream, type StreamAnswer } from '../stream-request.ts';

/** Without an answer in this time a request is given up; what is sent along takes longer, what comes back as long as it takes. */
const answerMs = 30_000;
const slowestBytesPerMs = 64;

/** What is sent along: its digest is signed, and it is refused when it changes on the way. */
interface Body {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly length: number;
  /** SHA-256. */
  readonly digest: Buffer;
}

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

export interface ListedObject {
  readonly key: string;
  readonly modifiedAt: Date;
}

/** The status and the code alone: answers quote keys and requests. */
export class S3Error extends Error {
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

const listed = (xml: string): ListedObject[] =>
  [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, item = '']) => {
    const key = tag(item, 'Key');
    const modified = tag(item, 'LastModified');
    return key !== undefined && modified !== undefined
      ? [{ key, modifiedAt: new Date(modified) }]
      : [];
  });

/** Without the code itself: a database that is away has the same ones, and is somebody else's trouble. */
const outOfReach = (error: unknown): S3Error => {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new S3Error(`the object store is out of reach${code}`, { cause: error });
};

const readAnswer = async ({ body }: StreamAnswer): Promise<string> => {
  try {
    return await readShort(body, 4 * 1024 * 1024);
  } catch (error) {
    throw outOfReach(error);
  }
};

/** Answers to HEAD have none; something that is no object store may say anything. */
const codeOf = (xml: string): string | undefined => {
  const code = /<Error>/.test(xml) ? tag(xml, 'Code') : undefined;
  return code !== undefined && /^[A-Za-z]{1,60}$/.test(code) ? code : undefined;
};

const failed = (status: number, code: string | undefined): S3Error =>
  new S3Error(`the object store answered ${status}${code === undefined ? '' : ` (${code})`}`);

/** Reads a short answer. @throws S3Error with the status and the code alone, unless the status is one of these */
export const finish = async (answer: StreamAnswer, ...good: readonly number[]): Promise<string> => {
  const text = await readAnswer(answer);
  if (!good.includes(answer.status)) {
    throw failed(answer.status, codeOf(text));
  }
  return text;
};

/**
 * Whether there is no such object; then the answer is read. Only the store itself can say so: of a bucket that is not
 * there, and of an address where something else answers, nobody knows what is gone.
 * @throws S3Error for any other 404
 */
export const isAbsent = async (answer: StreamAnswer): Promise<boolean> => {
  if (answer.status !== 404) {
    return false;
  }
  const code = codeOf(await readAnswer(answer));
  if (code !== 'NoSuchKey') {
    throw failed(answer.status, code);
  }
  return true;
};

const versionsIn = (xml: string, root: 'Version' | 'DeleteMarker', key: string): string[] =>
  [...xml.matchAll(new RegExp(`<${root}>(.*?)</${root}>`, 'gs'))].flatMap(([, item = '']) => {
    const versionId = tag(item, 'Key') === key ? tag(item, 'VersionId') : undefined;
    return versionId === undefined ? [] : [versionId];
  });

export interface S3Client {
  /** One request, signed. */
  ask(request: Ask): Promise<StreamAnswer>;
  /** In the order of their keys. */
  list(choice?: { readonly prefix: string; readonly after: string }): AsyncIterable<ListedObject>;
  /** Of a bucket that keeps versions, all there are of this key; the marks of deletion come last, so that they hide to the end. */
  versionsOf(key: string): Promise<string[]>;
}

/** A bucket of anything that speaks S3, addressed by path, by requests that `aws4fetch` signs. */
export const createS3Client = (settings: S3Settings): S3Client => {
  const { accessKeyId, secretAccessKey, region } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const root = `${settings.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(settings.bucket)}`;

  const ask = async ({ method, path, query = {}, headers = {}, body }: Ask) => {
    const url = new URL(path === '' ? root : `${root}/${path}`);
    for (const [name, value] of Object.entries(query)) {
      url.searchParams.set(name, value);
    }
    const digest = body?.digest.toString('hex') ?? 'UNSIGNED-PAYLOAD';
    const signed = await client.sign(url.href, {
      method,
      headers: { ...headers, 'x-amz-content-sha256': digest },
    });
    const patience = new AbortController();
    const timer = setTimeout(
      () => patience.abort(),
      answerMs + (body?.length ?? 0) / slowestBytesPerMs,
    );
    try {
      return await requestStream(signed.url, {
        method,
        headers: Object.fromEntries(signed.headers),
        signal: patience.signal,
        ...(body === undefined ? {} : { body: { bytes: body.bytes, length: body.length } }),
      });
    } catch (error) {
      throw outOfReach(error);
    } finally {
      clearTimeout(timer);
    }
  };

  async function* list(choice?: {
    readonly prefix: string;
    readonly after: string;
  }): AsyncIterable<ListedObject> {
    for (let token: string | undefined, isLast = false; !isLast; isLast = token === undefined) {
      const query = {
        'list-type': '2',
        ...(choice === undefined ? {} : { prefix: choice.prefix, 'start-after': choice.after }),
        ...(token === undefined ? {} : { 'continuation-token': token }),
      };
      const xml = await finish(await ask({ method: 'GET', path: '', query }), 200);
      yield* listed(xml);
      token = tag(xml, 'NextContinuationToken');
    }
  }

  const versionsOf = async (key: string): Promise<string[]> => {
    const found: string[] = [];
    const marks: string[] = [];
    for (let next: Readonly<Record<string, string>> | undefined = {}; next !== undefined; ) {
      const query = { versions: '', prefix: key, ...next };
      const xml = await finish(await ask({ method: 'GET', path: '', query }), 200);
      found.push(...versionsIn(xml, 'Version', key));
      marks.push(...versionsIn(xml, 'DeleteMarker', key));
      const marker = tag(xml, 'NextKeyMarker');
      const after = tag(xml, 'NextVersionIdMarker');
      next =
        marker === undefined || tag(xml, 'IsTruncated') !== 'true'
          ? undefined
          : {
              'key-marker': marker,
              ...(after === undefined ? {} : { 'version-id-marker': after }),
            };
    }
    return [...found, ...marks];
  };
  return { ask, list, versionsOf };
};
