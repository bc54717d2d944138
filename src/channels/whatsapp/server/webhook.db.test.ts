import { createHmac } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/server/deps.ts';
import { answerErrorsAsProblems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { connectNumber, createWhatsApp, type WhatsApp } from './index.ts';

interface Number {
  readonly workspaceId: string;
  readonly phoneNumberId: string;
  readonly appSecret: string;
}

let deps: TestDeps;
let app: FastifyInstance;
let whatsApp: WhatsApp;
let url: string;
let ours: Number;
let made = 0;

beforeAll(async () => {
  deps = await openTestDeps();
  app = Fastify();
  answerErrorsAsProblems(app);
  whatsApp = createWhatsApp(deps);
  await app.register(whatsApp.routes);
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/webhooks/whatsapp`;
});
afterAll(async () => {
  await app.close();
  await deps.close();
});

const aNumber = async (): Promise<Number> => {
  const workspaceId = await aWorkspace(deps.db);
  made += 1;
  const number = { workspaceId, phoneNumberId: `1000${made}`, appSecret: `secret-${made}` };
  await inTx(deps, systemActor(workspaceId), (ctx) =>
    connectNumber(ctx, {
      name: 'Loja',
      displayNumber: '5511900000000',
      phoneNumberId: number.phoneNumberId,
      wabaId: `2000${made}`,
      accessToken: 'token',
      appSecret: number.appSecret,
      verifyToken: `verify-${made}`,
    }),
  );
  return number;
};

beforeEach(async () => {
  ours = await aNumber();
});

const from = '5511987654321';
const now = (): string => String(Math.floor(Date.now() / 1000));
const aText = (body: string, more: object = {}) => ({
  from,
  id: `wamid.${newId()}`,
  timestamp: now(),
  type: 'text',
  text: { body },
  ...more,
});
type Text = ReturnType<typeof aText>;

const change = (number: Number, messages: readonly unknown[], name = 'Ana') => ({
  field: 'messages',
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '5511900000000', phone_number_id: number.phoneNumberId },
    contacts: [{ profile: { name }, wa_id: from }],
    messages,
  },
});
const webhook = (...changes: readonly unknown[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '1', changes }],
});

const post = async (body: string, secret: string | null): Promise<number> => {
  const signature = createHmac('sha256', secret ?? '')
    .update(body)
    .digest('hex');
  const headers = secret === null ? {} : { 'x-hub-signature-256': `sha256=${signature}` };
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  await response.text();
  return response.status;
};
const postJson = (body: unknown, secret: string | null = ours.appSecret): Promise<number> =>
  post(JSON.stringify(body), secret);

interface Row {
  readonly kind: string;
  readonly text: string | null;
  readonly payload: Record<string, unknown>;
  readonly workspaceId: string;
}

const rowOf = async (message: { id: string }): Promise<Row | undefined> => {
  const { rows } = await sql<Row>`
    select kind, text, payload, workspace_id as "workspaceId" from message
     where external_id = ${message.id}`.execute(deps.db);
  return rows[0];
};

describe('poison', () => {
  it.each<[string, string, string, string]>([
    ['a NUL', 'a\u0000b', 'a\uFFFDb', 'text-cleaned'],
    ['half of a pair', 'a\uD83Db', 'a\uFFFDb', 'text-cleaned'],
    ['70,000 characters', 'é'.repeat(70_000), 'é'.repeat(65_536), 'text-cut'],
  ])('%s is replaced or cut and marked; the rest is stored; 200', async (_, body, text, mark) => {
    const [bad, good] = [aText(body), aText('oi')];
    expect(await postJson(webhook(change(ours, [bad, good])))).toBe(200);
    expect(await rowOf(bad)).toMatchObject({ text, payload: { marks: [mark] } });
    expect(await rowOf(good)).toMatchObject({ text: 'oi' });
  });

  it('in names and file names does no harm either', async () => {
    const document = {
      ...aText(''),
      type: 'document',
      document: { id: '1', mime_type: 'application/pdf', filename: 'a\u0000.pdf' },
    };
    const body = webhook(change(ours, [document], 'A\u0000\uD800na'));
    expect(await postJson(body)).toBe(200);
    expect(await rowOf(document)).toMatchObject({ kind: 'document' });
  });

  it('an absurd time is replaced and marked', async () => {
    const texts = ['-1', '99999999999999', 'ontem', '0'].map((timestamp) =>
      aText('oi', { timestamp }),
    );
    expect(await postJson(webhook(change(ours, texts)))).toBe(200);
    for (const text of texts) {
      expect(await rowOf(text)).toMatchObject({ payload: { marks: ['timestamp-replaced'] } });
    }
  });

  it('what the database refuses even alone is stored as a bare fact with its cause; the rest whole', async () => {
    // A number whose rows the database will not take, by a rule that no item should meet.
    await sql`alter table message add constraint no_poison check (text is distinct from 'veneno')`.execute(
      deps.db,
    );
    const reaction = {
      ...aText(''),
      type: 'reaction',
      reaction: { message_id: 'wamid.none', emoji: 'x'.repeat(39) },
    };
    const [bad, good] = [aText('veneno'), aText('oi')];
    expect(await postJson(webhook(change(ours, [good, bad, reaction])))).toBe(200);
    expect(await rowOf(good)).toMatchObject({ kind: 'text', text: 'oi' });
    expect(await rowOf(bad)).toMatchObject({
      kind: 'unsupported',
      text: null,
      payload: { reason: 'not-storable', cause: '23514' },
    });
    await sql`alter table message drop constraint no_poison`.execute(deps.db);
  });
});

describe('the signature', () => {
  const stored = async (text: Text) => (await rowOf(text)) !== undefined;

  it('must be there, and be right', async () => {
    const text = aText('oi');
    const body = webhook(change(ours, [text]));
    expect(await postJson(body, null)).toBe(401);
    expect(await postJson(body, 'another')).toBe(401);
    expect(await stored(text)).toBe(false);
    expect(await postJson(body)).toBe(200);
    expect(await stored(text)).toBe(true);
  });

  it('of one workspace admits nothing in the name of another', async () => {
    const theirs = await aNumber();
    const [mine, forged] = [aText('meu'), aText('forjado')];
    expect(await postJson(webhook(change(theirs, [forged])))).toBe(401);
    const both = webhook(change(ours, [mine]), change(theirs, [forged]));
    expect(await postJson(both)).toBe(200);
    expect(await rowOf(mine)).toMatchObject({ workspaceId: ours.workspaceId });
    expect(await stored(forged)).toBe(false);
  });

  const strangersOf = async ({ phoneNumberId }: Number) => {
    await whatsApp.flushNotes();
    const { rows } = await sql`
      select h.unknown_numbers::int as count, h.last_unknown_number_id as last
        from whatsapp_account a left join whatsapp_health h on h.channel_id = a.channel_id
       where a.phone_number_id = ${phoneNumberId}`.execute(deps.db);
    return rows[0];
  };

  it('of ours, with a number nobody has connected, is answered 200 and counted', async () => {
    const stranger = { ...ours, phoneNumberId: `9${newId().replace(/\D/g, '').slice(0, 12)}` };
    expect(await postJson(webhook(change(stranger, [aText('oi')])))).toBe(200);
    expect(await strangersOf(ours)).toEqual({ count: 1, last: stranger.phoneNumberId });
  });

  it('of ours, with thousands of numbers nobody has connected, leaves no row for each', async () => {
    const rowsOfTables = async (): Promise<number> => {
      const { rows } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(deps.db);
      let all = 0;
      for (const { name } of rows) {
        const found = await sql<{ n: number }>`
          select count(*)::int as n from ${sql.table(name)}`.execute(deps.db);
        all += found.rows[0]?.n ?? 0;
      }
      return all;
    };
    const theirs = await aNumber();
    const before = await rowsOfTables();
    const named = Array.from({ length: 5_000 }, (_, i) => ({
      value: { metadata: { phone_number_id: `77${i}` } },
    }));
    expect(await postJson(webhook(...named))).toBe(200);
    expect(await strangersOf(ours)).toEqual({ count: 5_000, last: '774999' });
    expect(await strangersOf(theirs)).toEqual({ count: null, last: null });
    // Its own row of what it was last seen doing.
    expect((await rowsOfTables()) - before).toBeLessThanOrEqual(1);
  });

  it('of ours, about the business account and not a number, is counted by its field', async () => {
    const { rows: accounts } = await sql<{ wabaId: string; channelId: string }>`
      select waba_id as "wabaId", channel_id as "channelId" from whatsapp_account
       where phone_number_id = ${ours.phoneNumberId}`.execute(deps.db);
    const about = (id: string | undefined) => ({
      object: 'whatsapp_business_account',
      entry: [{ id, changes: [{ field: 'account_alerts', value: { alert_severity: 'LOW' } }] }],
    });
    expect(await postJson(about(accounts[0]?.wabaId))).toBe(200);
    expect(await postJson(about(accounts[0]?.wabaId), 'another')).toBe(401);
    const theirs = await aNumber();
    expect(await postJson(about(accounts[0]?.wabaId), theirs.appSecret)).toBe(200);
    const { rows } = await sql<{ name: string; occurrences: number }>`
      select name, occurrences from channel_counter where channel_id = ${accounts[0]?.channelId}`.execute(
      deps.db,
    );
    expect(rows).toEqual([{ name: 'field-account_alerts', occurrences: 1 }]);
  });

  it('means nothing over what is no webhook', async () => {
    expect(await post('not json', ours.appSecret)).toBe(400);
    expect(await postJson({ object: 'page', entry: [] })).toBe(400);
  });
});

describe('a webhook', () => {
  it('repeated at once on all sides stores each message once', async () => {
    const texts = Array.from({ length: 20 }, () => aText('oi'));
    const body = webhook(change(ours, texts));
    const answers = await Promise.all(Array.from({ length: 8 }, () => postJson(body)));
    expect(new Set(answers)).toEqual(new Set([200]));
    const { rows } = await sql<{ n: number; unread: number }>`
      select count(*)::int as n, max(v.unread_count) as unread from message m
        join conversation v on v.id = m.conversation_id
       where m.workspace_id = ${ours.workspaceId}`.execute(deps.db);
    expect(rows[0]).toEqual({ n: 20, unread: 20 });
  });
});
