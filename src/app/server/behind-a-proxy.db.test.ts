import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPassword } from '#features/accounts/server/testing.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { connectLive } from './testing/live-client.ts';
import { startTestServer, type TestServer } from './testing/test-app.ts';
import { aTeamMember, type TeamMember } from './testing/test-workspace.ts';

const servers: TestServer[] = [];
const start = async (env: Record<string, string> = {}) => {
  const server = await startTestServer({ env, isLive: true });
  servers.push(server);
  const workspaceId = await aWorkspace(server.deps.db);
  const ana = await aTeamMember(server.deps, server.http, workspaceId, 'administrator');
  return { server, ana };
};

let near: { server: TestServer; ana: TeamMember };
let far: { server: TestServer; ana: TeamMember };

beforeAll(async () => {
  near = await start();
  far = await start({ GUARITA_TRUSTED_PROXIES: '10.0.0.7' });
});
afterAll(async () => {
  for (const server of servers) {
    await server.close();
  }
});

const tryPassword = ({ server, ana }: typeof near, password: string, from: string) =>
  server.http('/api/auth/sign-in/email', {
    method: 'POST',
    body: { email: ana.email, password },
    headers: { 'x-forwarded-for': from },
  });

const failTenTimes = async (at: typeof near, from: string) => {
  for (let failure = 0; failure < 10; failure += 1) {
    expect((await tryPassword(at, 'not the password', from)).status).toBe(401);
  }
};

describe('behind a proxy on this machine', () => {
  it('wrong passwords from one place do not keep out a person at another', async () => {
    await failTenTimes(near, '198.51.100.1');
    expect((await tryPassword(near, testPassword, '198.51.100.1')).status).toBe(429);
    expect((await tryPassword(near, testPassword, '203.0.113.9')).status).toBe(200);
    expect(near.server.logLines.join('')).not.toContain('GUARITA_TRUSTED_PROXIES');
  });

  it('a page under the name that the proxy tells opens requests and sockets alike', async () => {
    const { server, ana } = near;
    const headers = { origin: 'https://caixa.example', 'x-forwarded-host': 'caixa.example' };
    const body = { name: 'Ana' };
    const patch = await server.http('/api/v1/me', { method: 'PATCH', ...ana, body, headers });
    expect(patch.status).toBe(200);
    const socket = await connectLive(server.url, { cookie: ana.cookie, ...headers });
    socket.close();
  });
});

describe('behind a proxy that nobody named', () => {
  it('what it tells is ignored, which is said once', async () => {
    await failTenTimes(far, '198.51.100.1');
    expect((await tryPassword(far, testPassword, '203.0.113.9')).status).toBe(429);
    const told = far.server.logLines.filter((line) => line.includes('GUARITA_TRUSTED_PROXIES'));
    expect(told).toHaveLength(1);
  });

  it('opens neither requests nor sockets to a page of another name', async () => {
    const { server, ana } = far;
    const headers = { origin: 'https://caixa.example', 'x-forwarded-host': 'caixa.example' };
    const body = { name: 'Ana' };
    const patch = await server.http('/api/v1/me', { method: 'PATCH', ...ana, body, headers });
    expect([patch.status, patch.code]).toEqual([403, 'foreign-origin']);
    await expect(connectLive(server.url, { cookie: ana.cookie, ...headers })).rejects.toThrow(
      'unauthenticated',
    );
  });
});
