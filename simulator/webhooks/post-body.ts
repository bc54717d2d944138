import http from 'node:http';
import https from 'node:https';

export type PostResult =
  | { kind: 'answer'; status: number; body: string; ms: number }
  | { kind: 'timeout' | 'unreachable'; error: string; ms: number };

const ANSWER_LIMIT = 4_096;

export interface Post {
  url: string;
  method?: 'POST' | 'GET';
  bytes: Buffer | null;
  headers: Record<string, string>;
  timeoutMs: number;
}

/** Keep-alive connections to the business's server, one pool for each scheme. */
export class WebhookPool {
  #http: http.Agent;
  #https: https.Agent;

  constructor(connections: number) {
    const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
    this.#http = new http.Agent(options);
    this.#https = new https.Agent(options);
  }

  /** Never throws: an address that cannot be asked is one that nobody answers at. */
  async post(post: Post): Promise<PostResult> {
    const started = performance.now();
    try {
      return await this.#twice(post, started);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'BAD_REQUEST';
      return { kind: 'unreachable', error: code, ms: 0 };
    }
  }

  async #twice(post: Post, started: number): Promise<PostResult> {
    const first = await this.#once(post, started);
    // The server closed an idle connection just as we wrote on it: not news, ask again at once.
    if (first.kind === 'unreachable' && first.error === 'STALE') {
      return this.#once(post, started);
    }
    return first;
  }

  destroy(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #once(post: Post, started: number): Promise<PostResult> {
    const url = new URL(post.url);
    const secure = url.protocol === 'https:';
    return new Promise((resolve) => {
      const took = () => Math.round((performance.now() - started) * 10) / 10;
      const request = (secure ? https : http).request(url, {
        method: post.method ?? 'POST',
        agent: secure ? this.#https : this.#http,
        headers: { ...post.headers, 'content-length': post.bytes?.length ?? 0 },
      });
      const timer = setTimeout(() => {
        resolve({ kind: 'timeout', error: 'TIMEOUT', ms: took() });
        request.destroy();
      }, post.timeoutMs);
      request.on('response', (response) => {
        collect(response, (body) => {
          clearTimeout(timer);
          resolve({ kind: 'answer', status: response.statusCode ?? 0, body, ms: took() });
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const code = error.code ?? error.message;
        const stale = request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
        resolve({ kind: 'unreachable', error: stale ? 'STALE' : code, ms: took() });
      });
      request.end(post.bytes ?? undefined);
    });
  }
}

function collect(response: http.IncomingMessage, done: (body: string) => void): void {
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    if (body.length < ANSWER_LIMIT) body += chunk;
  });
  response.on('close', () => done(body.slice(0, ANSWER_LIMIT)));
}
