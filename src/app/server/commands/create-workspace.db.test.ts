import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#platform/server/config.ts';
import { httpTo } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/test-app.ts';
import { makeWorkspace } from './create-workspace.ts';

const secret = 'a secret for tests, of thirty-two characters';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const make = (name: string, email: string): Promise<string> =>
  makeWorkspace(
    readConfig({ DATABASE_URL: server.deps.databaseUrl, GUARITA_SECRET: secret, PORT: '4000' }),
    { name, email },
  );

const signIn = (email: string, password: string) =>
  httpTo(server.url)('/api/auth/sign-in/email', { method: 'POST', body: { email, password } });

describe('one more workspace', () => {
  it('has an administrator, who chooses a password by the link that is printed', async () => {
    const said = await make('Filial', ' Ana@Filial.example ');
    const [, token = ''] =
      /^http:\/\/127\.0\.0\.1:4000\/redefinir-senha\?token=(\S+)$/m.exec(said) ?? [];
    expect(said).toMatch(/^Filial is made; ana@filial\.example chooses.*\n.*\nworks once, until/);
    const newPassword = 'a senha da Ana';
    const spend = { method: 'POST', body: { token, newPassword } };
    expect((await server.http('/api/v1/password-reset', spend)).status).toBe(204);
    expect((await server.http('/api/v1/password-reset', spend)).status).toBe(410);
    const { status, cookie } = await signIn('ana@filial.example', newPassword);
    expect(status).toBe(200);
    expect((await server.http('/api/v1/me', { cookie })).json).toMatchObject({
      ...{ name: 'ana', role: 'administrator', workspace: { name: 'Filial' } },
    });
  });

  it('takes somebody with a password as they are', async () => {
    const said = await make('Terceira', 'ana@filial.example');
    expect(said).toBe('Terceira is made; ana@filial.example signs in with the password they have');
    const { cookie } = await signIn('ana@filial.example', 'a senha da Ana');
    const { rows } = await server.deps.pool.query<{ id: string }>(
      `select id from workspace where name = 'Terceira'`,
    );
    const there = `${cookie}; guarita_workspace=${rows[0]?.id}`;
    expect((await server.http('/api/v1/me', { cookie: there })).json).toMatchObject({
      workspace: { name: 'Terceira' },
    });
  });

  it('is not made for what is no name or no e-mail', async () => {
    await expect(make('', 'ana@filial.example')).rejects.toThrow('cannot be used');
    await expect(make('Quarta', 'ana')).rejects.toThrow('ana cannot be used');
  });
});
