import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { now, type Span } from './records.ts';

export interface Answer extends Span {
  /** 0: no answer came. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const parse = (text: string): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
};

/** One request, timed on both sides: nothing of it happened before `from` or after `to`. Never throws. */
export const ask = (
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Answer> =>
  new Promise((resolve) => {
    const from = now();
    const none = (): void => resolve({ from, to: now(), status: 0, body: {} });
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = request(
      url,
      { method, agent, headers: { ...headers, ...length }, timeout: 30_000 },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('error', none);
        response.once('end', () => {
          resolve({ from, to: now(), status: response.statusCode ?? 0, body: parse(text) });
        });
      },
    );
    asked.once('timeout', () => asked.destroy());
    asked.once('error', none);
    asked.end(body);
  });

/** As a program with a key of ours. */
export const askApi = (
  server: string,
  key: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> =>
  ask(
    `${server}/api/v1${path}`,
    method,
    {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body === undefined ? undefined : JSON.stringify(body),
  );

/** As WhatsApp: signed over the bytes with the app's secret. */
export const postWebhook = (server: string, appSecret: string, body: string): Promise<Answer> => {
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return ask(
    `${server}/webhooks/whatsapp`,
    'POST',
    { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  );
};
