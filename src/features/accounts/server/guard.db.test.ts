import { getMigrations } from 'better-auth/db/migration';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { type Role, roles } from '#platform/shared/role.ts';
import { authOf } from './auth.ts';
import { accountsPlugin } from './index.ts';
import { type AccountsApp, call, signInAs, startAccountsApp } from './testing/accounts-app.ts';
import { aPerson, testPassword } from './testing.ts';

let deps: TestDeps;
let server: AccountsApp;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  deps = await openTestDeps();
  server = await startAccountsApp(deps);
  const workspaceId = await aWorkspace(deps.db);
  for (const role of roles) {
    const { email } = await aPerson(deps.db, workspaceId, role);
    cookies.set(role, (await signInAs(server, email, testPassword)).cookie);
  }
});
afterAll(async () => {
  await server.app.close();
  await deps.close();
});

const id = newId();
/** Every route of this feature that asks for more than a signed-in person. */
const administratorsOnly = [
  ['GET', '/api/v1/members'],
  ['POST', '/api/v1/members'],
  ['PATCH', `/api/v1/members/${id}`],
  ['DELETE', `/api/v1/members/${id}`],
  ['POST', `/api/v1/members/${id}/reset-link`],
  ['PATCH', '/api/v1/workspace'],
  ['GET', '/api/v1/api-keys'],
  ['POST', '/api/v1/api-keys'],
  ['DELETE', `/api/v1/api-keys/${id}`],
] as const;
const everybody = [
  ['GET', '/api/v1/me'],
  ['PATCH', '/api/v1/me'],
  ['POST', '/api/v1/me/password'],
  ['GET', '/api/v1/colleagues'],
] as const;

describe('the guard of /api/v1', () => {
  it('knows every route of this feature', () => {
    const publicOnes = ['GET /api/v1/setup', 'POST /api/v1/setup', 'POST /api/v1/password-reset'];
    const tested = [...administratorsOnly, ...everybody].map(
      ([method, path]) => `${method} ${path.replace(id, ':id')}`,
    );
    expect([...server.routes].sort()).toEqual([...tested, ...publicOnes].sort());
  });

  it.each([...administratorsOnly, ...everybody])(
    '%s %s: 401 before anything else',
    async (method, path) => {
      const body = method === 'GET' ? undefined : { nonsense: true };
      const nobody = await call(server, path, { method, body });
      expect([nobody.status, nobody.code]).toEqual([401, 'unauthenticated']);
      const cookie = 'guarita.session_token=forged.c2lnbmF0dXJl';
      expect((await call(server, path, { method, body, cookie })).status).toBe(401);
    },
  );

  it.each(administratorsOnly)(
    '%s %s: 403 for the other roles, before validation',
    async (method, path) => {
      const body = method === 'GET' ? undefined : { nonsense: true };
      for (const role of ['agent', 'moderator'] as const) {
        const answer = await call(server, path, { method, body, cookie: cookies.get(role) });
        expect([role, answer.status, answer.code]).toEqual([role, 403, 'forbidden']);
      }
    },
  );

  it('validates before it says that something is not there', async () => {
    const cookie = cookies.get('administrator');
    const patch = (path: string, body: unknown) =>
      call(server, path, { method: 'PATCH', cookie, body });
    expect((await patch(`/api/v1/members/${id}`, { role: 'owner' })).status).toBe(422);
    expect((await patch(`/api/v1/members/${id}`, { role: 'agent' })).status).toBe(404);
    expect((await patch('/api/v1/members/1', { role: 'agent' })).status).toBe(422);
  });

  it('tells each role its rights', async () => {
    for (const role of roles) {
      const me = await call(server, '/api/v1/me', { cookie: cookies.get(role) });
      expect(me.body['role']).toBe(role);
      expect(me.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('lets everybody change themselves, administrators the workspace', async () => {
    const cookie = cookies.get('agent');
    const me = await call(server, '/api/v1/me', {
      method: 'PATCH',
      cookie,
      body: { locale: 'en' },
    });
    expect(me.body).toMatchObject({ locale: 'en', name: 'Bia Souza' });
    const workspace = await call(server, '/api/v1/workspace', {
      method: 'PATCH',
      cookie: cookies.get('administrator'),
      body: { name: 'Loja nova', timeZone: 'America/Bahia', locale: 'es' },
    });
    expect(workspace.body['workspace']).toMatchObject({
      ...{ name: 'Loja nova', timeZone: 'America/Bahia', locale: 'es' },
    });
    const wrong = await call(server, '/api/v1/workspace', {
      ...{ method: 'PATCH', cookie: cookies.get('administrator'), body: { timeZone: 'Mars/Base' } },
    });
    expect(wrong.status).toBe(422);
  });

  it('does not start with a route that does not say whom it lets in', async () => {
    const app = Fastify();
    app.setValidatorCompiler(validatorCompiler);
    app.setSerializerCompiler(serializerCompiler);
    await app.register(accountsPlugin(deps));
    expect(() => app.get('/api/v1/secrets', async () => 'all of them')).toThrow(
      'GET /api/v1/secrets does not declare its right',
    );
    await app.close();
  });
});

describe('migration 0002', () => {
  it('is what better-auth expects of its tables', async () => {
    const { toBeAdded, toBeCreated } = await getMigrations(authOf(deps).options);
    expect(toBeCreated).toEqual([]);
    expect(toBeAdded).toEqual([]);
  });
});
