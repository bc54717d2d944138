import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from './http.ts';
import { createMetrics } from './metrics.ts';
import { startTestServer, type TestServer } from './testing/test-app.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    env: { GUARITA_METRICS: '1', GUARITA_URL: 'https://guarita.example' },
  });
});
afterAll(() => server.close());

describe('the metrics', () => {
  it('count requests of the API, of sign-in, of webhooks and of the screens', async () => {
    const id = '0197f2a0-0000-7000-8000-000000000001';
    await server.http(`/api/v1/contacts/${id}`);
    await server.http('/api/auth/get-session');
    await server.http('/webhooks/whatsapp', { method: 'POST', rawBody: 'x' });
    await server.http('/healthz');
    const { text } = await server.http('/metrics');
    const routes = [...text.matchAll(/request_seconds_count\{[^}]*route="([^"]+)"/g)];
    expect(routes.map(([, route]) => route).sort()).toEqual([
      '/api/auth/get-session',
      '/api/v1/contacts/:id',
      '/healthz',
      '/webhooks/whatsapp',
    ]);
    expect(text).toContain('route="/api/v1/contacts/:id",status="401"');
    expect(text).not.toContain(id);
  });
});

describe('without being asked for', () => {
  it.each([{}, { GUARITA_METRICS_PORT: '9464' }])(
    'they are not at the public port: %j',
    async (env) => {
      const quiet = await startTestServer({ env });
      const metrics = createMetrics(quiet.deps);
      const app = await createHttp(quiet.deps, [], metrics);
      try {
        // Also where the screens are built, whose page answers every address that nobody else has.
        expect(app.hasRoute({ method: 'GET', url: '/metrics' })).toBe(true);
        const answer = await app.inject({ url: '/metrics', headers: { accept: 'text/html' } });
        expect([answer.statusCode, answer.json()]).toMatchObject([404, { code: 'not-found' }]);
        expect((await quiet.http('/metrics')).status).toBe(404);
      } finally {
        await app.close();
        await quiet.close();
      }
    },
  );
});

describe('the policy for what a page may connect to', () => {
  it('is this server and its public address, and nothing else', async () => {
    const { headers } = await server.http('/healthz');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toContain("connect-src 'self' wss://guarita.example");
  });
});

describe('the backlog', () => {
  it('tells what waits in the database, and how long it has', async () => {
    const { pool } = server.deps;
    await pool.query(`select graphile_worker.add_job('a.due', run_at => now() - interval '90 seconds');
      select graphile_worker.add_job('a.later', run_at => now() + interval '1 hour')`);
    const { text } = await server.http('/metrics');
    expect(text).toContain('guarita_jobs{state="due"} 1');
    expect(text).toContain('guarita_jobs{state="later"} 1');
    expect(
      Number(/^guarita_jobs_oldest_seconds\{state="due"\} (\S+)/m.exec(text)?.[1]),
    ).toBeGreaterThan(89);
    expect(text).toContain('guarita_claims{state="open"} 0');
    expect(text).toContain('guarita_messages{state="waiting"} 0');
    expect(text).toContain('guarita_messages{state="unknown"} 0');
    expect(text).toContain('guarita_media{state="waiting"} 0');
    expect(text).toContain('guarita_media{state="expired"} 0');
    expect(text).toContain('guarita_stopping 0');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('guarita_database_connections{state="waiting"} 0');
  });
});

const figure = async (name: string): Promise<number> => {
  const { text } = await server.http('/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
};

describe('what a limit ended', () => {
  it('is counted at the database, by which limit', async () => {
    const name = 'guarita_database_time_outs_total{limit="statement"}';
    const before = await figure(name);
    const client = await server.deps.pool.connect();
    try {
      await client.query("set statement_timeout = '20ms'");
      await expect(client.query('select pg_sleep(2)')).rejects.toMatchObject({ code: '57014' });
    } finally {
      client.release(true);
    }
    expect(await figure(name)).toBe(before + 1);
  });

  it('is counted of requests, by size and by how they were asked', async () => {
    const name = 'guarita_http_refused_total{reason="size"}';
    const before = await figure(name);
    const rawBody = Buffer.alloc(3 * 1024 * 1024 + 1, 0x20);
    const { status } = await server.http('/webhooks/whatsapp', { method: 'POST', rawBody });
    expect(status).toBe(413);
    expect(await figure(name)).toBe(before + 1);
    expect(await figure('guarita_http_refused_total{reason="rate"}')).toBe(0);
  });
});
