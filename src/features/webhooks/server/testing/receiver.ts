import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the receiver answers next; `hang` never does. */
export type Reply =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | 'hang';

export interface Receiver {
  readonly port: number;
  readonly url: string;
  readonly received: Received[];
  /** Answered in turn; then 204. */
  readonly replies: Reply[];
  /** How many requests were open at the same time at most. */
  mostAtOnce: number;
  close(): Promise<void>;
}

const readBody = async (request: AsyncIterable<unknown>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** A program that listens to webhooks, over real HTTP on this machine. */
export const startReceiver = async (answerAfterMs = 0): Promise<Receiver> => {
  const received: Received[] = [];
  const replies: Reply[] = [];
  let open = 0;
  const server = createServer(async (request, response) => {
    open += 1;
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, open);
    const body = await readBody(request).catch(() => '');
    received.push({ headers: request.headers, body });
    const reply = replies.shift() ?? { status: 204 };
    await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
    open -= 1;
    if (reply !== 'hang') {
      response.writeHead(reply.status, reply.headers).end('a body that nobody reads');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    ...{ port, received, replies, mostAtOnce: 0, url: `http://127.0.0.1:${port}/hook?token=um` },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
};
