import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Enough of S3 for one bucket: objects by key, ranges, lists by pages, and digests that are checked. */
export interface S3StandIn {
  readonly endpoint: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  readonly faults: readonly string[];
  close(): Promise<void>;
}

const pageSize = 2;

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};

const listing = (objects: Map<string, Buffer>, query: URLSearchParams): string => {
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const prefix = query.get('prefix') ?? '';
  const keys = [...objects.keys()].sort().filter((key) => key > after && key.startsWith(prefix));
  const page = keys.slice(0, pageSize);
  const next = keys.length > pageSize ? page.at(-1) : undefined;
  const items = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
  );
  const more = next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`;
  return `<?xml version="1.0"?><ListBucketResult>${items.join('')}${more}</ListBucketResult>`;
};

const sendObject = (request: IncomingMessage, response: ServerResponse, object: Buffer): void => {
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (range === null) {
    response.writeHead(200, { 'content-length': object.byteLength });
    response.end(request.method === 'HEAD' ? undefined : object);
    return;
  }
  const part = object.subarray(Number(range[1]), Number(range[2]) + 1);
  response.writeHead(206, { 'content-length': part.byteLength }).end(part);
};

export const startS3StandIn = async (bucket: string): Promise<S3StandIn> => {
  const objects = new Map<string, Buffer>();
  const faults: string[] = [];
  const store = async (request: IncomingMessage, response: ServerResponse, key: string) => {
    const body = await bodyOf(request);
    const digest = createHash('sha256').update(body).digest('hex');
    if (request.headers['x-amz-content-sha256'] !== digest) {
      faults.push('digest');
      response.writeHead(400).end();
      return;
    }
    if (request.headers['if-none-match'] === '*' && objects.has(key)) {
      response.writeHead(412).end();
      return;
    }
    objects.set(key, body);
    response.writeHead(200).end();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://s3');
    const key = url.pathname.slice(`/${bucket}/`.length);
    const object = objects.get(key);
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key-id/')) {
      faults.push('unsigned');
      response.writeHead(403).end();
    } else if (url.pathname === `/${bucket}` && url.searchParams.get('list-type') === '2') {
      response.end(listing(objects, url.searchParams));
    } else if (request.method === 'PUT') {
      await store(request, response, key);
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (object === undefined) {
      response.writeHead(404).end();
    } else {
      sendObject(request, response, object);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
