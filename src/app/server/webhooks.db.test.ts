import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gateJobs } from '#features/gate/server/index.ts';
import { webhookJobs } from '#features/webhooks/server/index.ts';
import { type Receiver, startReceiver } from '#features/webhooks/server/testing.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { textFrom, write } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aThread, type TestThread, type TestWorkspace } from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;
let receiver: Receiver;
let secret: string;
let thread: TestThread;

const call = (caller: Caller, method: string, path: string, body?: unknown): Promise<Answer> =>
  app.http(`/api/v1/${path}`, { ...caller, method, ...(body === undefined ? {} : { body }) });

const chief = (method: string, path: string, body?: unknown) =>
  call(a.team.administrator, method, path, body);

const events = [
  ...['contact.blocked', 'contact.unblocked', 'block.requested'],
  ...['block.request-decided', 'message.refused'],
];

interface Told {
  readonly type: string;
  readonly data: { readonly contact: { readonly id: string } } & Record<string, unknown>;
}

/** Sends what waits for a contact, as the runner does. @returns what the receiver heard of it, its signatures checked */
const heardOf = async (contactId: string): Promise<Told[]> => {
  const { rows } = await sql<{ workspaceId: string; endpointId: string; lane: string }>`
    select distinct workspace_id as "workspaceId", endpoint_id as "endpointId", lane
      from webhook_delivery where lane = ${contactId}`.execute(app.deps.db);
  for (const lane of rows) {
    await webhookJobs()[0]?.runUnparsed(lane, { deps: app.deps, log: app.deps.log, attempt: 1 });
  }
  return receiver.received
    .map(
      ({ body, headers }) =>
        new Webhook(secret).verify(body, headers as Record<string, string>) as Told,
    )
    .filter(({ data }) => data.contact.id === contactId);
};

const typesOf = (told: readonly Told[]): string[] => told.map(({ type }) => type);

const isTimeOver = async (blockId: string): Promise<void> => {
  await sql`update block set started_at = started_at - interval '1 hour',
    expires_at = clock_timestamp() - interval '1 second' where id = ${blockId}`.execute(
    app.deps.db,
  );
};

const announceEnd = async (): Promise<void> => {
  const job = gateJobs.find(({ name }) => name === 'gate.announce-end');
  if (job === undefined) throw new Error('there is no such job');
  const payload = { workspaceId: a.id, contactId: thread.contactId };
  await job.runUnparsed(payload, { deps: app.deps, log: app.deps.log, attempt: 1 });
};

beforeAll(async () => {
  app = await startTestApp({ env: { GUARITA_WEBHOOKS_PRIVATE: '1' } });
  ({ a } = app);
  receiver = await startReceiver();
  const made = await chief('POST', 'webhook-endpoints', { url: receiver.url, events });
  expect(made.status).toBe(201);
  ({ secret } = made.json as { secret: string });
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});
beforeEach(async () => {
  thread = await aThread(app.deps, app.http, a);
});

describe('what is told', () => {
  it('is a block and its end by hand, in order, with the actor and a masked number', async () => {
    const { contactId, person } = thread;
    await chief('PUT', `contacts/${contactId}/block`, { reason: 'fraud', note: 'segredo da nota' });
    // An edit is no new block.
    await chief('PUT', `contacts/${contactId}/block`, { reason: 'spam' });
    await chief('DELETE', `contacts/${contactId}/block`);
    const told = await heardOf(contactId);
    expect(told).toMatchObject([
      {
        type: 'contact.blocked',
        data: {
          contact: { maskedNumber: expect.stringContaining('•') },
          actor: { kind: 'member', id: a.team.administrator.memberId },
          ...{ reason: 'fraud', cause: 'manual', expiresAt: null },
        },
      },
      { type: 'contact.unblocked', data: { cause: 'manual' } },
    ]);
    const whole = JSON.stringify(told);
    for (const hidden of [person.phone, person.name, person.bsuid, 'segredo', a.marker]) {
      expect(whole).not.toContain(hidden);
    }
  });

  it('is the end by the clock, once, whoever notices it', async () => {
    const { contactId } = thread;
    const expiresAt = '2098-01-01T00:00:00Z';
    const blocked = await chief('PUT', `contacts/${contactId}/block`, {
      reason: 'spam',
      expiresAt,
    });
    const { block } = blocked.json as { block: { id: string } };
    await announceEnd();
    expect(typesOf(await heardOf(contactId))).toEqual(['contact.blocked']);
    await isTimeOver(block.id);
    await announceEnd();
    await announceEnd();
    await chief('PUT', `contacts/${contactId}/block`, { reason: 'spam' });
    const told = await heardOf(contactId);
    expect(typesOf(told)).toEqual(['contact.blocked', 'contact.unblocked', 'contact.blocked']);
    expect(told[1]?.data).toMatchObject({ cause: 'clock', actor: { kind: 'system', id: null } });
  });

  it('is a request and its decision, and a refused message, without their words', async () => {
    const { contactId, conversationId } = thread;
    const ask = { reason: 'offense', note: 'palavras do pedido' };
    const asked = await call(a.team.agent, 'POST', `contacts/${contactId}/block-requests`, ask);
    await call(a.team.moderator, 'POST', `contacts/${contactId}/block-requests`, ask);
    const { id } = asked.json as { id: string };
    await chief('POST', `block-requests/${id}/approve`, {});
    const body = { type: 'text', text: 'não vai sair' };
    await call(a.team.agent, 'POST', `conversations/${conversationId}/messages`, body);
    const told = await heardOf(contactId);
    expect(typesOf(told)).toEqual([
      ...['block.requested', 'contact.blocked', 'block.request-decided', 'message.refused'],
    ]);
    expect(told[2]?.data).toMatchObject({ requestId: id, decision: 'approved' });
    expect(told[3]?.data).toMatchObject({
      conversationId,
      stage: 'accept',
      code: 'contact-blocked',
    });
    expect(JSON.stringify(told)).not.toMatch(/palavras|não vai sair/);
  });

  it('is nothing of what a blocked person sends', async () => {
    const { contactId, person } = thread;
    await chief('PUT', `contacts/${contactId}/block`, { reason: 'spam' });
    await write(app.http, a.number, person, textFrom(person, 'ainda estou aqui'));
    expect(typesOf(await heardOf(contactId))).toEqual(['contact.blocked']);
  });

  it('is nothing of another workspace', async () => {
    const [theirs] = app.b.threads;
    await call(app.b.team.administrator, 'PUT', `contacts/${theirs?.contactId}/block`, {
      reason: 'spam',
    });
    const { rows } =
      await sql`select 1 from webhook_event where workspace_id = ${app.b.id}`.execute(app.deps.db);
    expect(rows).toEqual([]);
  });
});

describe('over the API', () => {
  it('a secret is in one answer and no other, and no log line has it', async () => {
    const made = await chief('POST', 'webhook-endpoints', { url: receiver.url, events });
    const { id, secret: once } = made.json as { id: string; secret: string };
    expect(once).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const read = await chief('GET', 'webhook-endpoints');
    const rotated = await chief('POST', `webhook-endpoints/${id}/rotate-secret`);
    expect((rotated.json as { secret: string }).secret).not.toBe(once);
    expect([read.text, app.logLines.join('')].filter((text) => text.includes(once))).toEqual([]);
    expect((await chief('DELETE', `webhook-endpoints/${id}`)).status).toBe(204);
  });

  it('keys neither make nor change one: a leaked one leaves no ear behind', async () => {
    const body = { url: receiver.url, events };
    const made = await call(a.keys.administrator, 'POST', 'webhook-endpoints', body);
    expect([made.status, made.code]).toEqual([403, 'forbidden']);
    expect((await call(a.keys.administrator, 'GET', 'webhook-endpoints')).status).toBe(200);
  });

  it('the log is filtered by endpoint, event and state', async () => {
    await chief('PUT', `contacts/${thread.contactId}/block`, { reason: 'spam' });
    await heardOf(thread.contactId);
    const list = async (query: string) =>
      (await chief('GET', `webhook-deliveries?${query}`)).json as { items: { type: string }[] };
    const { items } = await list('type=contact.blocked&state=delivered');
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['contact.blocked']));
    expect((await list(`endpointId=${thread.contactId}`)).items).toEqual([]);
    expect((await list('state=failed')).items).toEqual([]);
  });

  it('every act on an endpoint is in the audit log, without its secret or its path', async () => {
    const made = await chief('POST', 'webhook-endpoints', { url: receiver.url, events });
    const { id } = made.json as { id: string };
    await chief('PATCH', `webhook-endpoints/${id}`, { events: ['message.refused'] });
    await chief('PATCH', `webhook-endpoints/${id}`, { isOn: false });
    await chief('PATCH', `webhook-endpoints/${id}`, { isOn: true });
    await chief('POST', `webhook-endpoints/${id}/rotate-secret`);
    await chief('POST', `webhook-endpoints/${id}/test`);
    await chief('DELETE', `webhook-endpoints/${id}`);
    const log = await chief('GET', `audit-events?area=webhooks&subjectId=${id}`);
    const { items } = log.json as { items: { action: string }[] };
    expect(items.map(({ action }) => action).reverse()).toEqual([
      ...['webhooks.endpoint-added', 'webhooks.endpoint-changed'],
      ...['webhooks.endpoint-switched-off', 'webhooks.endpoint-switched-on'],
      ...['webhooks.secret-rotated', 'webhooks.test-sent', 'webhooks.endpoint-removed'],
    ]);
    expect(log.text).not.toMatch(/whsec_|token=/);
  });
});
