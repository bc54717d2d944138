import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HelpAnswer, HelpCount } from '#features/help/contract.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aTeamMember, type TestWorkspace } from './testing/test-workspace.ts';

const path = '/api/v1/help-answers';
let app: TestApp;
let a: TestWorkspace;

beforeAll(async () => {
  app = await startTestApp();
  ({ a } = app);
});
afterAll(() => app.close());
beforeEach(() => sql`delete from help_answer`.execute(app.deps.db));

const say = (caller: Caller, body: unknown): Promise<Answer> =>
  app.http(path, { ...caller, method: 'PUT', body });
const missed = async (query = '', of = a): Promise<{ items: HelpAnswer[]; nextCursor: string }> =>
  (await app.http(`${path}${query}`, of.team.administrator)).json as {
    items: HelpAnswer[];
    nextCursor: string;
  };
const counts = async (of = a): Promise<HelpCount[]> =>
  ((await app.http(`${path}/counts`, of.team.administrator)).json as { items: HelpCount[] }).items;
const clear = (caller: Caller, id: string): Promise<Answer> =>
  app.http(`${path}/${id}/words`, { ...caller, method: 'DELETE' });

describe('whether an article of the help was useful', () => {
  it('is told by everybody of the team, and read by administrators without a name', async () => {
    expect((await say(a.team.agent, { article: 'removal', isUseful: true })).status).toBe(204);
    const no = { article: 'removal', isUseful: false };
    expect((await say(a.team.moderator, no)).status).toBe(204);
    expect(
      (await say(a.team.administrator, { ...no, missing: '  O prazo.\nE quem decide?  ' })).status,
    ).toBe(204);
    expect(await counts()).toEqual([{ article: 'removal', useful: 1, notUseful: 2 }]);
    const { items, nextCursor } = await missed();
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      {
        id: expect.any(String),
        article: 'removal',
        missing: 'O prazo.\nE quem decide?',
        at: expect.any(String),
      },
    ]);
    expect(Date.now() - Date.parse(items[0]?.at ?? '')).toBeLessThan(60_000);
  });

  it('is one answer a person and article, the last: nobody fills the list', async () => {
    for (const missing of ['um', 'dois', 'três']) {
      await say(a.team.agent, { article: 'removal', isUseful: false, missing });
    }
    await say(a.team.agent, { article: 'erase-data', isUseful: false, missing: 'outro' });
    expect((await missed()).items.map((one) => one.missing)).toEqual(['outro', 'três']);
    // Who finds it useful after all takes their words back.
    await say(a.team.agent, { article: 'removal', isUseful: true });
    expect((await missed()).items.map((one) => one.missing)).toEqual(['outro']);
    expect(await counts()).toEqual([
      { article: 'erase-data', useful: 0, notUseful: 1 },
      { article: 'removal', useful: 1, notUseful: 0 },
    ]);
  });

  it('stays one when it is said many times at once', async () => {
    const body = { article: 'removal', isUseful: false, missing: 'o mesmo' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => say(a.team.agent, body)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
    expect(await counts()).toEqual([{ article: 'removal', useful: 0, notUseful: 1 }]);
  });

  it('is read a page at a time, newest first', async () => {
    const people = [a.team.agent, a.team.moderator, a.team.administrator];
    for (const [at, person] of people.entries()) {
      await say(person, { article: 'removal', isUseful: false, missing: `nº ${at}` });
    }
    const first = await missed('?limit=2');
    expect(first.items.map((one) => one.missing)).toEqual(['nº 2', 'nº 1']);
    const second = await missed(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map((one) => one.missing)).toEqual(['nº 0']);
    expect(second.nextCursor).toBeNull();
  });

  it('refuses what is no answer', async () => {
    for (const body of [
      { article: 'nothing', isUseful: true },
      { article: 'removal' },
      { article: 'removal', isUseful: true, missing: 'nada' },
      { article: 'removal', isUseful: false, missing: '   ' },
      { article: 'removal', isUseful: false, missing: 'x'.repeat(2001) },
      { article: 'removal', isUseful: false, missing: 'a\0b' },
    ]) {
      expect([body, (await say(a.team.agent, body)).status]).toEqual([body, 422]);
    }
    const longest = { article: 'removal', isUseful: false, missing: 'x'.repeat(2000) };
    expect((await say(a.team.agent, longest)).status).toBe(204);
  });
});

describe('who may', () => {
  it('answer: people; read and clear: administrators who are people', async () => {
    const answer = { article: 'removal', isUseful: false, missing: 'o prazo' };
    await say(a.team.agent, answer);
    const [{ id } = { id: '' }] = (await missed()).items;
    for (const caller of [a.keys.agent, a.keys.administrator]) {
      expect((await say(caller, answer)).code).toBe('forbidden');
    }
    for (const caller of [a.team.agent, a.team.moderator, a.keys.administrator]) {
      expect((await app.http(path, caller)).code).toBe('forbidden');
      expect((await app.http(`${path}/counts`, caller)).code).toBe('forbidden');
      expect((await clear(caller, id)).code).toBe('forbidden');
    }
    expect((await say({}, answer)).status).toBe(401);
    expect((await app.http(path, {})).status).toBe(401);
  });

  it('see nothing of another workspace, and clear nothing there', async () => {
    await say(app.b.team.agent, { article: 'removal', isUseful: false, missing: 'de fora' });
    expect(await counts()).toEqual([]);
    expect((await missed()).items).toEqual([]);
    const [{ id } = { id: '' }] = (await missed('', app.b)).items;
    const answer = await clear(a.team.administrator, id);
    expect([answer.status, answer.code]).toEqual([404, 'help-answer-not-found']);
    expect((await missed('', app.b)).items).toHaveLength(1);
  });
});

describe('words that are taken away', () => {
  it('are gone, and the answer stays counted; that it was done is in the audit log, not what it said', async () => {
    await say(a.team.agent, { article: 'covered-media', isUseful: false, missing: 'a Ana disse' });
    const [{ id } = { id: '' }] = (await missed()).items;
    expect((await clear(a.team.administrator, id)).status).toBe(204);
    expect((await missed()).items).toEqual([]);
    expect(await counts()).toEqual([{ article: 'covered-media', useful: 0, notUseful: 1 }]);
    const again = await clear(a.team.administrator, id);
    expect([again.status, again.code]).toEqual([404, 'help-answer-not-found']);
    const { rows } = await sql<object>`select actor_id, subject_id, details from audit_event
      where workspace_id = ${a.id} and action = 'help.words-removed'`.execute(app.deps.db);
    expect(rows).toEqual([
      {
        actor_id: a.team.administrator.memberId,
        subject_id: null,
        details: { article: 'covered-media' },
      },
    ]);
    expect(app.logLines.join('\n')).not.toContain('a Ana disse');
  });

  it('leave no statistics', async () => {
    await say(a.team.agent, { article: 'removal', isUseful: false, missing: 'segredo' });
    await sql`analyze help_answer`.execute(app.deps.db);
    const { rows } = await sql`select 1 from pg_stats
      where tablename = 'help_answer' and attname = 'missing'`.execute(app.deps.db);
    expect(rows).toEqual([]);
  });

  it('of somebody who left the team stay', async () => {
    const leaver = await aTeamMember(app.deps, app.http, a.id, 'agent');
    await say(leaver, { article: 'removal', isUseful: false, missing: 'fica' });
    const gone = await app.http(`/api/v1/members/${leaver.memberId}`, {
      ...a.team.administrator,
      method: 'DELETE',
    });
    expect(gone.status).toBeLessThan(300);
    expect((await missed()).items.map((one) => one.missing)).toEqual(['fica']);
  });
});
