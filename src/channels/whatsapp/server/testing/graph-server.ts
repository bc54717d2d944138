import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

/** Decides what becomes of one request; nothing at all is an answer that never comes. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export interface GraphServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** For every request from now on. */
  readonly reply: (reply: Reply) => void;
  readonly close: () => Promise<void>;
}

export const answerJson =
  (status: number, body: unknown): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export const graphError = (status: number, code: number, more: object = {}): Reply =>
  answerJson(status, {
    error: {
      message: `(#${code}) to 5511987654321`,
      type: 'OAuthException',
      code,
      fbtrace_id: 'A1',
      ...more,
    },
  });

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
  }
  return text === '' ? undefined : JSON.parse(text);
};

/** A real HTTP server on the loopback address that behaves as told and remembers what it was asked. */
export const startGraphServer = async (): Promise<GraphServer> => {
  const seen: SeenRequest[] = [];
  let reply: Reply = answerJson(500, {});
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        seen.push({
          method: request.method ?? '',
          url: request.url ?? '',
          authorization: request.headers.authorization,
          contentType: request.headers['content-type'],
          body,
        });
        reply(response, request);
      },
      () => request.destroy(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A number, not a socket path: it listens on an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    reply: (next) => {
      reply = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
