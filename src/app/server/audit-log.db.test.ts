import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditActors, AuditEvent } from '#features/audit/contract.ts';
import { sealEvents } from '#features/audit/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { startTestServer, type TestServer } from './testing/test-app.ts';
import { aTeamMember, aTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';

const path = '/api/v1/audit-events';

let server: TestServer;
let workspace: TestWorkspace;
let elsewhere: TestWorkspace;

beforeAll(async () => {
  server = await startTestServer();
  workspace = await aTestWorkspace(server.deps, server.http, 1, 1);
  elsewhere = await aTestWorkspace(server.deps, server.http, 2, 1);
}, 60_000);
afterAll(() => server.close());

type Page = { items: AuditEvent[]; nextCursor: string | null };

const list = async (query = '', who = workspace.team.administrator): Promise<Page> =>
  (await server.http(`${path}?limit=100${query}`, who)).json as Page;

const actionsOf = async (query = ''): Promise<string[]> =>
  (await list(query)).items.map(({ action }) => action);

const rename = (name: string) =>
  server.http('/api/v1/me', {
    ...workspace.team.agent,
    method: 'PATCH',
    body: { name },
  });

describe('the audit log', () => {
  it('is for administrators only', async () => {
    for (const role of ['agent', 'moderator'] as const) {
      for (const address of [path, `${path}/export`, `${path}/actors`]) {
        expect((await server.http(address, workspace.team[role])).status).toBe(403);
      }
    }
  });

  it('tells who did what, newest first, with its seal', async () => {
    await rename('Larissa Prado');
    await sealEvents(server.deps);
    const [newest] = (await list('&area=accounts')).items;
    expect(newest).toMatchObject({
      action: 'accounts.profile-changed',
      actor: { kind: 'member', name: 'Larissa Prado' },
      details: { name: true },
      seal: expect.any(Number),
    });
  });

  it('has an event that is not sealed yet', async () => {
    await rename('Larissa P.');
    expect((await list()).items[0]).toMatchObject({ seal: null });
    await sealEvents(server.deps);
  });

  it('is filtered by area, person, subject and time', async () => {
    const [newest] = (await list()).items;
    const actorId = newest?.actor.id ?? '';
    const all = await list();
    const own = (await list(`&actorId=${actorId}`)).items;
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(all.items.length);
    expect(new Set(own.map(({ actor }) => actor.id))).toEqual(new Set([actorId]));
    expect(await actionsOf('&area=gate')).toEqual(['gate.contact-blocked']);
    const at = newest?.at ?? '';
    expect(await actionsOf(`&from=${at}`)).toHaveLength(1);
    expect(await actionsOf(`&to=${at}`)).toHaveLength(all.items.length - 1);
    const subject = all.items.find((event) => event.subject !== null)?.subject?.id ?? '';
    const about = (await list(`&subjectId=${subject}`)).items;
    expect(about.every((event) => event.subject?.id === subject)).toBe(true);
  });

  it('names whoever did something: people who left too, keys, and Guarita itself', async () => {
    const { administrator } = workspace.team;
    const left = await aTeamMember(server.deps, server.http, workspace.id, 'agent');
    const name = 'Quem saiu';
    await server.http('/api/v1/me', { ...left, method: 'PATCH', body: { name } });
    const address = `/api/v1/members/${left.memberId}`;
    await server.http(address, { ...administrator, method: 'DELETE' });
    const change = { method: 'PATCH', body: { name: 'Outro nome' } };
    await server.http('/api/v1/workspace', { ...workspace.keys.administrator, ...change });
    await inTx(server.deps, systemActor(workspace.id), (ctx) =>
      audit(ctx, { action: 'gate.block-ended' }),
    );

    const { items } = (await server.http(`${path}/actors`, administrator)).json as AuditActors;
    expect(items).toContainEqual({ kind: 'member', id: left.memberId, name });
    expect(items).toContainEqual({
      kind: 'api-key',
      id: expect.any(String),
      name: 'Chave administrator',
    });
    expect(items.at(-1)).toEqual({ kind: 'system', id: null, name: null });
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    for (const { kind, id } of items) {
      const own = (await list(`&actorId=${id ?? 'system'}`)).items;
      expect(own.length).toBeGreaterThan(0);
      expect(own.every(({ actor }) => actor.kind === kind && actor.id === id)).toBe(true);
    }
    const theirs = (await server.http(`${path}/actors`, elsewhere.team.administrator)).json;
    expect(JSON.stringify(theirs)).not.toContain(name);
  });

  it('comes in pages that neither repeat nor skip', async () => {
    const whole = (await list()).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const rest: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await server.http(`${path}?limit=1${rest}`, workspace.team.administrator))
        .json as Page;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
  });

  it('of another workspace is not in it', async () => {
    const ours = new Set((await list()).items.map(({ id }) => id));
    const theirs = (await list('', elsewhere.team.administrator)).items;
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.some(({ id }) => ours.has(id))).toBe(false);
  });
});

describe('its export', () => {
  it('of a time that is none is refused before it begins', async () => {
    const query = `from=${encodeURIComponent('0000-01-01T00:00:00+14:00')}`;
    for (const address of [`${path}/export?${query}`, `${path}?${query}`]) {
      const answer = await server.http(address, workspace.team.administrator);
      expect([answer.status, answer.code]).toEqual([422, 'invalid-request']);
    }
  });

  it('is a file for spreadsheets, and an event of its own', async () => {
    const answer = await server.http(`${path}/export?area=accounts`, workspace.team.administrator);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="auditoria.csv"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const lines = answer.text.trim().split('\r\n');
    expect(lines[0]).toContain('seal;at;actor_kind');
    expect(lines[1]).toContain('accounts.audit-exported');
    expect(lines).toHaveLength((await list('&area=accounts')).items.length + 1);
    expect(await actionsOf()).toContain('accounts.audit-exported');
  });
});
