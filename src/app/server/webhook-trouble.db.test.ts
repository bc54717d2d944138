import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseLine, openDatabaseLine } from './testing/database-line.ts';
import type { Answer } from './testing/http-client.ts';
import { countEveryRow } from './testing/leaks.ts';
import { textFrom, write } from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { startPeer, startTestApp, type TestApp, type TestServer } from './testing/test-app.ts';
import { aStranger, type TestWorkspace, threadOf } from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;
let line: DatabaseLine;

beforeAll(async () => {
  app = await startTestApp();
  a = app.a;
  line = await openDatabaseLine(app.deps.databaseUrl);
});
afterAll(async () => {
  await line.cut();
  await app.close();
});

const say = (server: TestServer, text: string, person = aStranger(a.marker)): Promise<Answer> =>
  write(server.http, a.number, person, textFrom(person, text));

const nobodyListens = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';

describe('without a database', () => {
  it('a webhook is answered 503, so that WhatsApp comes again', async () => {
    const peer = await startPeer(app, { databaseUrl: nobodyListens });
    try {
      const before = await countEveryRow(app.deps.db);
      const answer = await say(peer, 'sem banco');
      expect([answer.status, answer.code]).toEqual([503, 'unavailable']);
      const token = `hub.mode=subscribe&hub.verify_token=x&hub.challenge=1`;
      expect((await peer.http(`/webhooks/whatsapp?${token}`)).status).toBe(503);
      expect((await peer.http('/readyz')).status).toBe(503);
      expect((await peer.http('/healthz')).status).toBe(200);
      const api = await peer.http('/api/v1/conversations', a.team.agent);
      expect([api.status, api.code]).toEqual([503, 'unavailable']);
      expect(await countEveryRow(app.deps.db)).toEqual(before);
    } finally {
      await peer.close();
    }
  });

  it('one that comes while the line is cut is stored when it comes again', async () => {
    const peer = await startPeer(app, { databaseUrl: line.url });
    try {
      const person = aStranger(a.marker);
      const message = textFrom(person, 'insiste');
      const deliver = () => write(peer.http, a.number, person, message);
      expect((await say(peer, 'antes do corte')).status).toBe(200);
      await line.cut();
      const answers = await Promise.all([deliver(), deliver(), say(peer, 'durante')]);
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      await line.mend();
      expect((await deliver()).status).toBe(200);
      expect((await deliver()).status).toBe(200);
      expect((await threadOf(app.deps, a.id, person)).messageIds).toHaveLength(1);
    } finally {
      await peer.close();
    }
  });
});

describe('an item that the database refuses whatever is done', () => {
  beforeAll(async () => {
    // Quotes the row, as the errors of PostgreSQL do.
    await sql`create function refuse_poison() returns trigger language plpgsql as $$
      begin
        if new.text like '%veneno%' then
          raise exception 'Failing row contains %', new using errcode = '23514';
        end if;
        return new;
      end $$`.execute(app.deps.db);
    await sql`create trigger refuse_poison before insert on message
      for each row execute function refuse_poison()`.execute(app.deps.db);
  });

  it('is stored without its content and with the cause; the others are stored whole', async () => {
    const person = aStranger(a.marker);
    const texts = ['antes', 'isto é veneno', 'depois'].map((text) => textFrom(person, text));
    const others = [say(app, 'ao lado'), say(app, 'ao lado também')];
    const answer = await write(app.http, a.number, person, ...texts);
    expect(answer.status, answer.text).toBe(200);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
    const { conversationId } = await threadOf(app.deps, a.id, person);
    const thread = await app.http(`/api/v1/conversations/${conversationId}/messages`, a.team.agent);
    const { items } = thread.json as { items: { type: string; text: string | null }[] };
    const shown = items.map(({ type, text }) => `${type}: ${text}`);
    expect(shown.sort()).toEqual(['text: antes', 'text: depois', 'unsupported: null']);
    const { rows } = await sql<{ payload: object }>`
      select payload from message where workspace_id = ${a.id} and kind = 'unsupported'`.execute(
      app.deps.db,
    );
    expect(rows).toEqual([{ payload: { reason: 'not-storable', cause: '23514' } }]);
  });

  it('refused by the API is a 500 that tells nothing', async () => {
    const [thread] = a.threads;
    const answer = await app.http(`/api/v1/conversations/${thread?.conversationId}/messages`, {
      ...a.team.agent,
      method: 'POST',
      body: { type: 'text', text: 'outro veneno' },
    });
    expect([answer.status, answer.code]).toEqual([500, 'internal-error']);
    expect(answer.text).not.toMatch(/veneno|Failing|message|select/);
  });
});

describe('the log of all this', () => {
  it('tells of the trouble, and holds no text, no number and no id of WhatsApp', () => {
    const log = app.logLines.join('');
    expect(log).toContain('the database is away');
    expect(log).toContain('an item was stored without its content');
    expect(log).toContain('request failed');
    expectSilence(
      app.logLines,
      [a, app.b],
      'veneno',
      'Failing row',
      'insiste',
      'durante',
      'insert into',
    );
  });
});
