import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeExport, ExchangeList } from '#features/gate/exchange/contract.ts';
import { exchangeLists } from '#features/gate/server/testing.ts';
import { eventsOf, expectOneEvent } from '#platform/server/testing/audit-trail.ts';
import type { Answer, Call } from './testing/http-client.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const ask = (path: string, call: Call = {}): Promise<Answer> =>
  app.http(`/api/v1${path}`, { ...app.a.team.administrator, ...call });
const events = (action: string) => eventsOf(app.deps.db, app.a.id, action);
const expectOne = (action: string, details: object, words: readonly string[] = []) => {
  const actor = app.a.team.administrator.memberId;
  return expectOneEvent(app.deps.db, app.a.id, action, { actor, details: { ...details } }, words);
};

describe('a list for another unit', () => {
  it('that is made is told in the audit log; its file is, when somebody takes it', async () => {
    const started = await ask('/exchange-exports', { method: 'POST', body: {} });
    expect(started.status, started.text).toBe(201);
    const { key, export: made } = started.json as { key: string; export: ExchangeExport };
    await expectOne('gate.exchange-list-exported', { exportId: made.id, entries: made.entries }, [
      key,
    ]);
    const file = `/exchange-exports/${made.id}/file`;
    expect((await ask(file)).code).toBe('exchange-export-not-ready');
    expect((await ask(file, app.b.team.administrator)).code).toBe('exchange-export-not-found');
    expect((await ask(file, app.a.team.moderator)).code).toBe('forbidden');
    expect(await events('gate.exchange-list-downloaded')).toEqual([]);

    await exchangeLists.stretch(app.deps, app.a.id, made.id);
    const taken = await ask(file);
    expect([taken.status, taken.text.trim().split('\n').length]).toEqual([200, made.entries + 1]);
    const [, entry = ''] = taken.text.trim().split('\n');
    const details = { exportId: made.id, entries: made.entries };
    await expectOne('gate.exchange-list-downloaded', details, [key, entry.slice(0, 22)]);
    await ask(file);
    expect(await events('gate.exchange-list-downloaded')).toHaveLength(2);
  });
});

describe('a list of another unit', () => {
  it('is told of as it is added, opened and removed, once each', async () => {
    const key = 'uma chave que duas unidades conhecem';
    const file = await exchangeLists.fileOf(key, ['5511987650009', '5511987650010']);
    const added = await ask('/exchange-lists?name=Unidade%20Norte', {
      method: 'POST',
      rawBody: file,
      headers: { 'content-type': 'text/plain' },
    });
    expect(added.status, added.text).toBe(201);
    const { id: listId, entries } = added.json as ExchangeList;
    await ask(`/exchange-lists/${listId}/key`, { method: 'POST', body: { key: `${key}, errada` } });
    expect(await events('gate.exchange-list-opened')).toEqual([]);
    const path = `/exchange-lists/${listId}`;
    expect((await ask(`${path}/key`, { method: 'POST', body: { key } })).status).toBe(200);
    expect((await ask(`${path}/key`, { method: 'POST', body: { key } })).status).toBe(409);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(404);
    const words = [key, 'Norte', file.split('\n')[1]?.slice(0, 22) ?? ''];
    await expectOne('gate.exchange-list-added', { listId, entries }, words);
    await expectOne('gate.exchange-list-opened', { listId }, words);
    await expectOne('gate.exchange-list-removed', { listId }, words);
  });
});
