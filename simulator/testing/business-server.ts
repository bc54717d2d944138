import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  at: number;
  raw: Buffer;
  body: WebhookBody;
  isSigned: boolean;
}

export type Json = Record<string, unknown>;

export interface WebhookBody {
  object: string;
  entry: { id: string; changes: { field: string; value: WebhookValue }[] }[];
}

export interface WebhookValue {
  metadata: { display_phone_number: string; phone_number_id: string };
  contacts?: Json[];
  messages?: (Json & { id: string })[];
  statuses?: (Json & { id: string; status: string })[];
  [key: string]: unknown;
}

/** A real HTTP server that plays the business: verifies, remembers, answers as told. */
export interface BusinessServer {
  readonly url: string;
  readonly received: Received[];
  /** Status of the next answers, one each; 200 when used up. */
  readonly answers: number[];
  readonly challenges: string[];
  /** Most requests open at one moment. */
  peak: () => number;
  values: () => WebhookValue[];
  messages: () => (Json & { id: string })[];
  statuses: () => (Json & { id: string; status: string })[];
  until: (test: () => boolean, withinMs?: number) => Promise<void>;
  close: () => Promise<void>;
}

export interface BusinessOptions {
  appSecret?: string;
  verifyToken?: string;
  port?: number;
  /** Thinks for so long before each answer. */
  thinksMs?: number;
}

export async function startBusiness(options: BusinessOptions = {}): Promise<BusinessServer> {
  const secret = options.appSecret ?? 'demo-app-secret';
  const received: Received[] = [];
  const answers: number[] = [];
  const challenges: string[] = [];
  let open = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') {
      const isRight =
        url.searchParams.get('hub.verify_token') === (options.verifyToken ?? 'demo-verify-token');
      const challenge = url.searchParams.get('hub.challenge') ?? '';
      challenges.push(challenge);
      response.writeHead(isRight ? 200 : 403).end(isRight ? challenge : '');
      return;
    }
    open += 1;
    peak = Math.max(peak, open);
    response.on('close', () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const expected = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
      const isSigned = request.headers['x-hub-signature-256'] === expected;
      const body = JSON.parse(raw.toString()) as WebhookBody;
      received.push({ at: Date.now(), raw, body, isSigned });
      const status = answers.shift() ?? 200;
      setTimeout(() => response.writeHead(status).end(), options.thinksMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const values = () =>
    received.flatMap(({ body }) =>
      body.entry.flatMap(({ changes }) => changes.map(({ value }) => value)),
    );
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    answers,
    challenges,
    peak: () => peak,
    values,
    messages: () => values().flatMap(({ messages }) => messages ?? []),
    statuses: () => values().flatMap(({ statuses }) => statuses ?? []),
    until: async (test, withinMs = 5_000) => {
      const end = Date.now() + withinMs;
      while (!test()) {
        if (Date.now() > end) throw new Error('waited in vain');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
