import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Bucket, deleteObject, type Kept, openBucket } from './bucket-of-versions.ts';
import { escapeXml, listObjects, listVersions } from './s3-listings.ts';
import { refusalOf } from './signature-v4.ts';

/** What stores do with `If-None-Match: *`: hold to it, take no notice of it, or say that they cannot. */
export type Conditional = 'kept' | 'ignored' | 'refused';

/**
 * Enough of S3 for what we ask of it, as strict as the strictest store that we ran on: signatures, digests and clocks are
 * checked, a bucket that is not there holds nothing, errors have their codes, a bucket may keep versions.
 */
export interface S3StandIn {
  readonly endpoint: string;
  readonly credentials: typeof credentials;
  close(): Promise<void>;
}

const credentials = {
  accessKeyId: 'key-id',
  // What a signature and an address would write otherwise.
  secretAccessKey: 'se/cret+key=',
  region: 'sa-east-1',
};

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

interface Asked {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly key: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};

const checkDigest = ({ headers, body }: Asked): void => {
  const said = headers['x-amz-content-sha256'];
  const digest = createHash('sha256').update(body).digest('hex');
  if (said !== digest && !(said === 'UNSIGNED-PAYLOAD' && body.byteLength === 0)) {
    throw new Refusal(400, 'XAmzContentSHA256Mismatch');
  }
};

const sendObject = ({ headers }: Asked, { bytes = Buffer.alloc(0) }: Kept): Answered => {
  if (headers.range === undefined) {
    return { status: 200, body: bytes };
  }
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(headers.range) ?? [];
  if (first === '' || Number(first) >= bytes.byteLength) {
    throw new Refusal(416, 'InvalidRange');
  }
  const part = bytes.subarray(Number(first), Number(last) + 1);
  const range = `bytes ${first}-${Number(first) + part.byteLength - 1}/${bytes.byteLength}`;
  return { status: 206, headers: { 'content-range': range }, body: part };
};

const putObject = (bucket: Bucket, asked: Asked, conditional: Conditional): Answered => {
  const isConditional = asked.headers['if-none-match'] === '*' && conditional !== 'ignored';
  if (isConditional && conditional === 'refused') {
    throw new Refusal(501, 'NotImplemented');
  }
  if (isConditional && bucket.current(asked.key)?.bytes !== undefined) {
    throw new Refusal(412, 'PreconditionFailed');
  }
  bucket.put(asked.key, asked.body);
  return { status: 200 };
};

const ofObject = (bucket: Bucket, asked: Asked, conditional: Conditional): Answered => {
  const versionId = asked.query.get('versionId') ?? undefined;
  if (asked.method === 'PUT') {
    return putObject(bucket, asked, conditional);
  }
  if (asked.method === 'DELETE') {
    const isMarked = deleteObject(bucket, asked.key, versionId);
    return { status: 204, headers: isMarked ? { 'x-amz-delete-marker': 'true' } : {} };
  }
  const kept =
    versionId === undefined ? bucket.current(asked.key) : bucket.version(asked.key, versionId);
  if (kept?.bytes === undefined) {
    throw new Refusal(404, versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion');
  }
  return sendObject(asked, kept);
};

const ofBucket = (bucket: Bucket, { method, query, body }: Asked): Answered => {
  if (method === 'PUT' && query.has('versioning')) {
    bucket.keepsVersions = body.toString().includes('<Status>Enabled</Status>');
    return { status: 200 };
  }
  if (method === 'GET' && query.has('versions')) {
    return { status: 200, body: listVersions(bucket, query) };
  }
  if (method === 'GET' && query.get('list-type') === '2') {
    return { status: 200, body: listObjects(bucket, query) };
  }
  throw new Refusal(501, 'NotImplemented');
};

const send = (response: ServerResponse, method: string, answered: Answered): void => {
  const body = Buffer.from(answered.body ?? '');
  response.writeHead(answered.status, {
    ...answered.headers,
    ...(answered.status === 204 ? {} : { 'content-length': body.byteLength }),
  });
  response.end(method === 'HEAD' ? undefined : body);
};

export const startS3StandIn = async (conditional: Conditional = 'kept'): Promise<S3StandIn> => {
  const buckets = new Map<string, Bucket>();
  const answer = async (request: IncomingMessage): Promise<Answered> => {
    const { method = '', url: target = '', headers } = request;
    const body = await bodyOf(request);
    const refusal = refusalOf({ method, target, headers }, credentials);
    if (refusal !== undefined) {
      throw new Refusal(403, refusal);
    }
    const url = new URL(target, 'http://s3');
    const [, name = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const asked = { method, query: url.searchParams, key: rest.join('/'), headers, body };
    checkDigest(asked);
    if (method === 'PUT' && asked.key === '' && url.search === '') {
      buckets.set(name, buckets.get(name) ?? openBucket());
      return { status: 200 };
    }
    const bucket = buckets.get(name);
    if (bucket === undefined) {
      throw new Refusal(404, 'NoSuchBucket');
    }
    return asked.key === '' ? ofBucket(bucket, asked) : ofObject(bucket, asked, conditional);
  };
  const server = createServer((request, response) => {
    const { method = '' } = request;
    answer(request)
      .catch((error: unknown): Answered => {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${error.code}</Code><Message>${escapeXml("It's so & not <otherwise>")}</Message></Error>`;
        return { status: error.status, body };
      })
      .then((answered) => send(response, method, answered))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
