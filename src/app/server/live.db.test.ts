import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from './testing/http-client.ts';
import { leaksOf } from './testing/leaks.ts';
import { connectLive, type LiveClient } from './testing/live-client.ts';
import { textFrom, write } from './testing/signed-webhook.ts';
import { startPeer, startTestApp, type TestApp, type TestServer } from './testing/test-app.ts';
import {
  aTeamMember,
  signIn,
  type TeamMember,
  type TestWorkspace,
} from './testing/test-workspace.ts';

let app: TestApp;
let peer: TestServer;
let a: TestWorkspace;
let b: TestWorkspace;

beforeAll(async () => {
  app = await startTestApp({ isLive: true });
  peer = await startPeer(app, { isLive: true });
  ({ a, b } = app);
});
afterAll(async () => {
  await peer.close();
  await app.close();
});

const person = (): Promise<TeamMember> => aTeamMember(app.deps, app.http, a.id, 'agent');

const asAdministrator = (method: string, path: string, body?: unknown): Promise<Answer> =>
  app.http(path, {
    ...a.team.administrator,
    method,
    ...(body === undefined ? {} : { body }),
  });

const remove = async ({ memberId }: TeamMember): Promise<void> => {
  expect((await asAdministrator('DELETE', `/api/v1/members/${memberId}`)).status).toBe(204);
};

/** The first thread's person writes. */
const say = async (of: TestWorkspace, text: string): Promise<void> => {
  const [thread] = of.threads;
  const writer = thread?.person ?? of.blocked.person;
  expect((await write(app.http, of.number, writer, textFrom(writer, text))).status).toBe(200);
};

const endsSoon = (client: LiveClient, milliseconds = 5_000): Promise<string> =>
  Promise.race([client.ended, sleep(milliseconds).then(() => 'still open')]);

describe('the door', () => {
  it('opens for a person who is signed in, on every process', async () => {
    for (const { url } of [app, peer]) {
      const client = await connectLive(url, { cookie: a.team.agent.cookie });
      await say(a, `olá por ${url}`);
      const event = await client.hear(`olá por ${url}`);
      expect(JSON.parse(event)).toMatchObject(['changes', { messages: [{ direction: 'in' }] }]);
      client.close();
    }
  });

  it('stays shut for everybody else', async () => {
    const { cookie } = a.team.agent;
    for (const headers of [
      {},
      { cookie: 'guarita.session_token=nada' },
      { cookie: `${cookie.slice(0, -6)}AAAAAA` },
      { authorization: `Bearer ${a.keys.administrator.key}` },
      { cookie, origin: 'https://alheio.example' },
    ]) {
      await expect(connectLive(app.url, headers as Record<string, string>)).rejects.toThrow(
        'unauthenticated',
      );
    }
  });
});

describe('a session that ends by the clock', () => {
  const endsIn = (cookie: string, milliseconds: number) =>
    sql`update session set "expiresAt" = clock_timestamp() + ${milliseconds} * interval '1 ms'
      where token = ${/session_token=([^.;]+)/.exec(decodeURIComponent(cookie))?.[1]}`.execute(
      app.deps.db,
    );

  it('ends its socket, unless it was used meanwhile', async () => {
    const [ending, used] = [await person(), await person()];
    await Promise.all([endsIn(ending.cookie, 4_000), endsIn(used.cookie, 4_000)]);
    const [first, second] = await Promise.all([
      connectLive(app.url, { cookie: ending.cookie }),
      connectLive(app.url, { cookie: used.cookie }),
    ]);
    await endsIn(used.cookie, 60_000);
    expect(await endsSoon(first, 10_000)).toBe('io server disconnect');
    await say(a, 'depois do fim');
    await second.hear('depois do fim');
    expect(first.heard.join()).not.toContain('depois do fim');
    second.close();
  });
});

describe('another workspace', () => {
  it('hears nothing, not even that something happened', async () => {
    const own = await connectLive(app.url, { cookie: a.team.agent.cookie });
    const foreign = await connectLive(app.url, { cookie: b.team.administrator.cookie });
    await say(a, 'assunto nosso');
    await asAdministrator('PUT', `/api/v1/contacts/${a.threads[1]?.contactId}/block`, {
      reason: 'spam',
    });
    await own.hear('"isBlocked":true');
    await say(b, 'assunto deles');
    await foreign.hear('assunto deles');
    const findLeaks = await leaksOf(app.deps.db, a.id, a.marker);
    expect(findLeaks(foreign.heard.join('\n'), '')).toEqual([]);
    expect(foreign.heard.filter((event) => !event.includes('assunto deles'))).toEqual([]);
    own.close();
    foreign.close();
  });
});

describe('what comes in at two processes at once', () => {
  const textsHeardBy = ({ heard }: LiveClient): (string | null)[] =>
    heard.flatMap((event) => {
      const [, changes] = JSON.parse(event) as [string, { messages: { text: string | null }[] }];
      return changes.messages.map(({ text }) => text);
    });

  it('is heard once on the screens of both, a block at one of them between', async () => {
    const { cookie } = a.team.agent;
    const clients = await Promise.all([app, peer].map(({ url }) => connectLive(url, { cookie })));
    const [thread, blocked] = a.threads;
    const writer = thread?.person ?? a.blocked.person;
    const texts = Array.from({ length: 40 }, (_, n) => `de dois lados ${n}.`);
    const send = (text: string, n: number) =>
      write((n % 2 === 0 ? app : peer).http, a.number, writer, textFrom(writer, text));
    await Promise.all(texts.slice(0, 20).map(send));
    const path = `/api/v1/contacts/${blocked?.contactId}/block`;
    // Others have blocked this person before.
    await asAdministrator('DELETE', path);
    const block = { ...a.team.administrator, method: 'PUT', body: { reason: 'spam' } };
    expect((await peer.http(path, block)).status).toBe(200);
    await Promise.all([
      ...texts.slice(20).map(send),
      ...clients.map((one) => one.hear('"isBlocked":true')),
    ]);
    const ourTextsOf = (client: LiveClient) =>
      textsHeardBy(client).filter((text) => text?.startsWith('de dois lados') === true);
    // A conversation may tell of its last message before that one is told itself.
    await vi.waitFor(
      () => {
        for (const client of clients) {
          expect(new Set(ourTextsOf(client))).toEqual(new Set(texts));
        }
      },
      { timeout: 10_000 },
    );
    for (const client of clients) {
      expect(ourTextsOf(client).sort()).toEqual([...texts].sort());
      client.close();
    }
  });
});

describe('a person who is taken out', () => {
  it('loses sockets and session at once, on every process', async () => {
    const leaver = await person();
    const { cookie } = leaver;
    const clients = await Promise.all([app, peer].map(({ url }) => connectLive(url, { cookie })));
    await remove(leaver);
    for (const client of clients) {
      expect(await endsSoon(client)).not.toBe('still open');
    }
    for (const server of [app, peer]) {
      expect((await server.http('/api/v1/me', { cookie })).status).toBe(401);
      await expect(connectLive(server.url, { cookie })).rejects.toThrow('unauthenticated');
    }
    await say(a, 'depois da saída');
    expect(clients.flatMap(({ heard }) => heard).join('')).not.toContain('depois da saída');
  });

  it('does not slip in by connecting at that very moment', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 8; round += 1) {
      const leaver = await person();
      const connecting = [app, peer, app, peer].map(async ({ url }, index) => {
        await sleep(index * 2 + round);
        return connectLive(url, { cookie: leaver.cookie }).catch(() => undefined);
      });
      const [clients] = await Promise.all([Promise.all(connecting), remove(leaver)]);
      const open = clients.filter((client) => client !== undefined);
      expect(await Promise.all(open.map((client) => endsSoon(client)))).not.toContain('still open');
    }
  });

  it('is noticed although the line for notices was broken meanwhile', async () => {
    const leaver = await person();
    const client = await connectLive(app.url, { cookie: leaver.cookie });
    const stays = await connectLive(app.url, { cookie: a.team.agent.cookie });
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'guarita-listen'`.execute(
      app.deps.db,
    );
    await remove(leaver);
    await stays.hear('"refetch":true');
    expect(await endsSoon(client)).not.toBe('still open');
    expect(stays.isConnected()).toBe(true);
    stays.close();
  });
});

describe('a change that takes nothing away', () => {
  it('of the own name or language is heard, and no socket ends', async () => {
    const writer = await person();
    const own = await connectLive(app.url, { cookie: writer.cookie });
    const colleague = await connectLive(peer.url, { cookie: a.team.agent.cookie });
    const body = { name: 'Nome novo', locale: 'es' };
    expect((await app.http('/api/v1/me', { ...writer, method: 'PATCH', body })).status).toBe(200);
    await Promise.all([own, colleague].map((client) => client.hear('"membersChanged":true')));
    await say(a, 'depois do nome');
    await own.hear('depois do nome');
    expect(own.isConnected()).toBe(true);
    own.close();
    colleague.close();
  });

  it('of the workspace is heard on every screen of it', async () => {
    const client = await connectLive(peer.url, { cookie: a.team.agent.cookie });
    const foreign = await connectLive(peer.url, { cookie: b.team.agent.cookie });
    await asAdministrator('PATCH', '/api/v1/workspace', { timeZone: 'America/Recife' });
    await client.hear('"membersChanged":true');
    await say(a, 'depois do fuso');
    await client.hear('depois do fuso');
    expect(foreign.heard).toEqual([]);
    client.close();
    foreign.close();
  });

  it('of the keys of the workspace is heard where another administrator looks at them', async () => {
    const client = await connectLive(peer.url, { cookie: a.team.administrator.cookie });
    const heard = () => client.heard.filter((event) => event.includes('"membersChanged":true'));
    const body = { name: 'Relatórios', role: 'agent' };
    const { json } = await asAdministrator('POST', '/api/v1/api-keys', body);
    await client.hear('"membersChanged":true');
    await say(a, 'depois da chave');
    await client.hear('depois da chave');
    const before = heard().length;
    await asAdministrator('DELETE', `/api/v1/api-keys/${(json as { id: string }).id}`);
    await expect.poll(() => heard().length).toBe(before + 1);
    expect(client.isConnected()).toBe(true);
    client.close();
  });

  it('of one of two sessions ends the sockets of that one alone', async () => {
    const leaver = await person();
    const other = await signIn(app.http, leaver.email);
    const [here, there] = await Promise.all(
      [leaver.cookie, other.cookie].map((cookie) => connectLive(app.url, { cookie })),
    );
    await app.http('/api/auth/sign-out', { cookie: leaver.cookie, method: 'POST' });
    expect(await (here === undefined ? 'none' : endsSoon(here))).not.toBe('still open');
    await say(a, 'depois de uma saída');
    await there?.hear('depois de uma saída');
    there?.close();
  });
});

describe('a person who signs out, or whose password is changed for them', () => {
  it('loses the sockets of the sessions that ended', async () => {
    const leaver = await person();
    const { cookie } = leaver;
    const client = await connectLive(app.url, { cookie });
    await app.http('/api/auth/sign-out', { cookie, method: 'POST' });
    expect(await endsSoon(client)).not.toBe('still open');
    await expect(connectLive(app.url, { cookie })).rejects.toThrow('unauthenticated');
  });

  it('also by a link of the administrator', async () => {
    const leaver = await person();
    const client = await connectLive(peer.url, { cookie: leaver.cookie });
    const path = `/api/v1/members/${leaver.memberId}/reset-link`;
    const { url } = (await asAdministrator('POST', path)).json as { url: string };
    const token = new URL(url).searchParams.get('token');
    const body = { token, newPassword: 'uma senha bem nova' };
    const reset = await app.http('/api/v1/password-reset', { method: 'POST', body });
    expect(reset.status).toBe(204);
    expect(await endsSoon(client)).not.toBe('still open');
    expect((await app.http('/api/v1/me', { cookie: leaver.cookie })).status).toBe(401);
  });
});
