import { beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { authenticateHeaders, findMember, memberNames } from './index.ts';
import { removeMember } from './remove-member.ts';
import { call, signInAs } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';
import { updateMember } from './update-member.ts';

const here = appForTests();

let workspaceId: string;
let ana: APerson;
let cookie: string;

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  ana = await aPerson(here.deps.db, workspaceId, 'administrator');
  ({ cookie } = await signInAs(here.server, ana.email, testPassword));
});

const auditOf = async (subjectId: string) => {
  const { rows } = await here.deps.pool.query<{
    action: string;
    actor_id: string;
    details: unknown;
  }>('select action, actor_id, details from audit_event where subject_id = $1 order by id', [
    subjectId,
  ]);
  return rows;
};

const create = (email: string, by = cookie) =>
  call(here.server, '/api/v1/members', {
    method: 'POST',
    cookie: by,
    body: { name: 'Caio', email, role: 'agent', password: 'a senha do Caio' },
  });

describe('adding a person', () => {
  it('who then signs in, is listed, and is in the audit log', async () => {
    const email = `Caio.${newId()}@Loja.example`;
    const made = await create(email);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Caio', email: email.toLowerCase(), role: 'agent' });
    expect(made.body['keepsPassword']).toBe(false);
    const id = String(made.body['id']);
    expect((await signInAs(here.server, email, 'a senha do Caio')).status).toBe(200);
    const list = await call(here.server, '/api/v1/members', { cookie });
    expect(list.body['items']).toMatchObject([{ email: ana.email }, { id, role: 'agent' }]);
    expect(list.body['nextCursor']).toBeNull();
    expect(await auditOf(id)).toEqual([
      { action: 'accounts.member-created', actor_id: ana.memberId, details: { role: 'agent' } },
    ]);
  });

  it('twice is refused, also at once', async () => {
    const email = `${newId()}@loja.example`;
    const answers = await Promise.all([create(email), create(email), create(email.toUpperCase())]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
    expect(answers.find((answer) => answer.status === 409)?.code).toBe('email-taken');
  });

  it('who is in another workspace links them and leaves their password alone', async () => {
    const other = await aWorkspace(here.deps.db);
    const rui = await aPerson(here.deps.db, other, 'administrator');
    const made = await create(rui.email);
    expect([made.status, made.body['keepsPassword']]).toEqual([201, true]);
    expect((await signInAs(here.server, rui.email, 'a senha do Caio')).status).toBe(401);
    const ruis = await signInAs(here.server, rui.email, testPassword);
    const me = await call(here.server, '/api/v1/me', { cookie: ruis.cookie });
    expect(me.body['workspace']).toMatchObject({ id: other });
  });

  it('who had been removed everywhere starts anew', async () => {
    const caio = await aPerson(here.deps.db, workspaceId);
    await call(here.server, `/api/v1/members/${caio.memberId}`, { method: 'DELETE', cookie });
    expect((await create(caio.email)).status).toBe(201);
    expect((await signInAs(here.server, caio.email, testPassword)).status).toBe(401);
    expect((await signInAs(here.server, caio.email, 'a senha do Caio')).status).toBe(200);
  });

  it('checks what is sent', async () => {
    const post = (body: unknown) =>
      call(here.server, '/api/v1/members', { method: 'POST', cookie, body });
    const good = { name: 'C', email: 'c@loja.example', role: 'agent', password: 'long enough' };
    expect((await post({ ...good, role: 'owner' })).code).toBe('invalid-request');
    expect((await post({ ...good, password: 'short' })).code).toBe('invalid-request');
    expect((await post({ ...good, name: 'a\0b' })).code).toBe('invalid-request');
    expect((await post({ ...good, name: '   ' })).code).toBe('invalid-request');
  });
});

describe('lists', () => {
  it('come in pages that neither repeat nor skip', async () => {
    const made = [ana.memberId];
    for (let index = 0; index < 4; index += 1) {
      made.push((await aPerson(here.deps.db, workspaceId)).memberId);
    }
    const seen: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const answer = await call(here.server, `/api/v1/members?limit=2${cursor}`, { cookie });
      const items = answer.body['items'];
      seen.push(...(Array.isArray(items) ? items.map((item: { id: string }) => item.id) : []));
      cursor = `&cursor=${String(answer.body['nextCursor'])}`;
    }
    expect(seen).toEqual(made);
    expect(cursor).toBe('&cursor=null');
    expect((await call(here.server, '/api/v1/members?cursor=x', { cookie })).code).toBe(
      'invalid-cursor',
    );
  });

  it('of colleagues carry no e-mail, and nobody of another workspace', async () => {
    const agent = await aPerson(here.deps.db, workspaceId);
    await aPerson(here.deps.db, await aWorkspace(here.deps.db));
    const agents = await signInAs(here.server, agent.email, testPassword);
    const answer = await call(here.server, '/api/v1/colleagues', { cookie: agents.cookie });
    expect(answer.body['items']).toEqual([
      { id: ana.memberId, name: 'Bia Souza', role: 'administrator' },
      { id: agent.memberId, name: 'Bia Souza', role: 'agent' },
    ]);
  });
});

describe('another workspace', () => {
  it('is a 404 for reading, changing, removing and links', async () => {
    const foreign = await aPerson(here.deps.db, await aWorkspace(here.deps.db), 'administrator');
    const path = `/api/v1/members/${foreign.memberId}`;
    const answers = [
      await call(here.server, path, { method: 'PATCH', cookie, body: { role: 'agent' } }),
      await call(here.server, path, { method: 'DELETE', cookie }),
      await call(here.server, `${path}/reset-link`, { method: 'POST', cookie }),
    ];
    expect(answers.map((answer) => [answer.status, answer.code])).toEqual(
      answers.map(() => [404, 'member-not-found']),
    );
    expect(await findMember(here.deps.db, workspaceId, foreign.memberId)).toBeNull();
    expect(await memberNames(here.deps.db, workspaceId, [foreign.memberId, ana.memberId])).toEqual(
      new Map([[ana.memberId, 'Bia Souza']]),
    );
  });
});

describe('changing a person', () => {
  it('changes what the very next request may do', async () => {
    const rui = await aPerson(here.deps.db, workspaceId);
    const ruis = await signInAs(here.server, rui.email, testPassword);
    const path = `/api/v1/members/${rui.memberId}`;
    expect((await call(here.server, '/api/v1/members', { cookie: ruis.cookie })).status).toBe(403);
    const changed = await call(here.server, path, {
      ...{ method: 'PATCH', cookie, body: { role: 'administrator', name: 'Rui' } },
    });
    expect(changed.body).toMatchObject({ name: 'Rui', role: 'administrator' });
    expect((await call(here.server, '/api/v1/members', { cookie: ruis.cookie })).status).toBe(200);
    expect(await auditOf(rui.memberId)).toEqual([
      {
        action: 'accounts.member-role-changed',
        actor_id: ana.memberId,
        details: { from: 'agent', to: 'administrator' },
      },
      { action: 'accounts.member-renamed', actor_id: ana.memberId, details: {} },
    ]);
  });
});

describe('removing a person', () => {
  it('ends their cookie at once and deletes their sessions', async () => {
    const rui = await aPerson(here.deps.db, workspaceId, 'moderator');
    const ruis = await signInAs(here.server, rui.email, testPassword);
    const headers = { cookie: ruis.cookie, host: here.server.host };
    expect(await authenticateHeaders(here.deps, headers)).toMatchObject({ actor: rui.actor });
    const gone = await call(here.server, `/api/v1/members/${rui.memberId}`, {
      method: 'DELETE',
      cookie,
    });
    expect(gone.status).toBe(204);
    expect((await call(here.server, '/api/v1/me', { cookie: ruis.cookie })).status).toBe(401);
    expect(await authenticateHeaders(here.deps, headers)).toBeNull();
    const { rowCount } = await here.deps.pool.query('select 1 from session where "userId" = $1', [
      rui.userId,
    ]);
    expect(rowCount).toBe(0);
    expect(await findMember(here.deps.db, workspaceId, rui.memberId)).toBeNull();
    expect(await memberNames(here.deps.db, workspaceId, [rui.memberId])).toEqual(
      new Map([[rui.memberId, 'Bia Souza']]),
    );
    const again = await call(here.server, `/api/v1/members/${rui.memberId}`, {
      method: 'DELETE',
      cookie,
    });
    expect(again.code).toBe('member-not-found');
  });

  it('leaves them their place in another workspace', async () => {
    const other = await aWorkspace(here.deps.db);
    const rui = await aPerson(here.deps.db, workspaceId);
    await aPerson(here.deps.db, other, 'moderator', rui.email);
    const ruis = await signInAs(here.server, rui.email, testPassword);
    await call(here.server, `/api/v1/members/${rui.memberId}`, { method: 'DELETE', cookie });
    const me = await call(here.server, '/api/v1/me', {
      cookie: `${ruis.cookie}; guarita_workspace=${workspaceId}`,
    });
    expect(me.body).toMatchObject({ role: 'moderator', workspace: { id: other } });
  });

  it('is announced, so that sockets can be cut', async () => {
    const rui = await aPerson(here.deps.db, workspaceId);
    const listener = await here.deps.pool.connect();
    const heard: string[] = [];
    listener.on('notification', (message) => heard.push(message.payload ?? ''));
    await listener.query('listen guarita_change');
    await call(here.server, `/api/v1/members/${rui.memberId}`, { method: 'DELETE', cookie });
    await expect
      .poll(() => heard.map((payload): unknown => JSON.parse(payload)))
      .toEqual([{ w: workspaceId, u: [rui.memberId] }]);
    await listener.query('unlisten guarita_change');
    listener.release();
  });
});

describe('the last administrator', () => {
  it('is neither removed nor demoted', async () => {
    const path = `/api/v1/members/${ana.memberId}`;
    const demoted = await call(here.server, path, {
      method: 'PATCH',
      cookie,
      body: { role: 'agent' },
    });
    const removed = await call(here.server, path, { method: 'DELETE', cookie });
    for (const answer of [demoted, removed]) {
      expect([answer.status, answer.code]).toEqual([409, 'last-administrator']);
    }
    const renamed = await call(here.server, path, {
      method: 'PATCH',
      cookie,
      body: { name: 'Ana' },
    });
    expect(renamed.body).toMatchObject({ name: 'Ana', role: 'administrator' });
  });

  it('stays when administrators remove and demote each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const place = await aWorkspace(here.deps.db);
      const people = await Promise.all(
        Array.from({ length: 3 }, () => aPerson(here.deps.db, place, 'administrator')),
      );
      const outcomes = await Promise.allSettled(
        people.map(({ actor }, index) => {
          const victim = people[(index + 1) % people.length]?.memberId ?? '';
          return inTx(here.deps, actor, async (ctx) => {
            await (index % 2 === 0
              ? removeMember(ctx, victim)
              : updateMember(ctx, { id: victim, role: 'agent' }));
          });
        }),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused.map(({ reason }) => String(reason))).toEqual(['AppError: last-administrator']);
      const { rowCount } = await here.deps.pool.query(
        `select 1 from member where workspace_id = $1 and role = 'administrator' and removed_at is null`,
        [place],
      );
      expect(rowCount).toBe(1);
    }
  });
});
