import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './testing/test-app.ts';

const operations = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** In the table of limits, in milliseconds. */
const documented = (what: string): number => {
  const row = operations.split('\n').find((line) => line.startsWith(`| ${what}`));
  const [, amount, unit] = /\|\s*(\d+) (s|min)\s*\|/.exec(row ?? '') ?? [];
  return Number(amount) * (unit === 'min' ? 60_000 : 1_000);
};

/** Sends so much and no more; resolves when the server has closed the connection. */
const half = (sent: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname, () => socket.write(sent));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

it('gives a request the time that the documents say', () => {
  const { timeout, requestTimeout, headersTimeout } = server.app.server;
  expect(timeout).toBe(documented('A connection on which nothing happens'));
  expect(headersTimeout).toBe(documented('The headers of a request'));
  expect(requestTimeout).toBe(documented('A request that does not arrive whole'));
});

it('closes a connection on which nothing happens, in the middle of a body too', async () => {
  const patient = server.app.server.timeout;
  server.app.server.setTimeout(200);
  try {
    const head = 'POST /api/v1/contacts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    await half('');
    await half(`${head}content-length: 100\r\n\r\n{"a":`);
  } finally {
    server.app.server.setTimeout(patient);
  }
  expect((await server.http('/healthz')).status).toBe(200);
});
