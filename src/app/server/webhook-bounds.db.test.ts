import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeFor, nowInSeconds, postSigned, webhookOf } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const all = Array.from({ length: 300 }, (_, i) => i);
const from = '5511987654321';
const invented = {
  messages: all.map((i) => ({
    from,
    id: `wamid.S${i}`,
    timestamp: String(nowInSeconds()),
    type: 'system',
    system: { type: `invented_${i}` },
  })),
  statuses: all.flatMap((i) => [
    { id: `wamid.${i}`, status: `invented_${i}` },
    { id: `wamid.${i}`, type: 'call', status: `invented_${i}` },
    { id: `wamid.${i}`, status: 'failed', errors: [{ code: 700_000 + i }] },
  ]),
  errors: [2 ** 50, -1, ...all.map((i) => 600_000 + i)].map((code) => ({ code })),
  state_sync: all.map((i) => ({
    type: 'contact',
    contact: { phone_number: from },
    action: `invented_${i}`,
  })),
};

it('counts invented words together, and no more codes than a page can hold', async () => {
  const { a } = app;
  const tell = async (...changes: readonly unknown[]) => {
    const bytes = JSON.stringify(webhookOf(a.number.wabaId, ...changes));
    expect((await postSigned(app.http, bytes, a.number.appSecret)).status).toBe(200);
    await app.whatsApp.flushNotes();
  };
  const fields = [...all.map((i) => `invented_${i}`), 'security', 'group_status_update'];
  const changes = fields.map((field) => changeFor(a.number, field, {}));
  await tell(changeFor(a.number, 'messages', invented), ...changes);
  // When there is no room left, what is of the sheet still has a name of its own.
  const codes = [131_031, 650_000].map((code) => ({ code }));
  await tell(changeFor(a.number, 'messages', { errors: codes }));

  const { rows } = await sql<{ name: string; n: number }>`
    select name, occurrences::int as n from channel_counter
     where channel_id = ${a.number.channelId}`.execute(app.deps.db);
  expect(Object.fromEntries(rows.map(({ name, n }) => [name, n]))).toMatchObject({
    'field-other': 300,
    'field-security': 1,
    'field-group_status_update': 1,
    'system-other': 300,
    'status-other': 300,
    'call-status-other': 300,
    'contact-sync-action-other': 300,
    'channel-error-131031': 1,
  });
  const of = (family: string) => rows.filter(({ name }) => name.startsWith(family));
  const sum = (family: string) => of(family).reduce((whole, { n }) => whole + n, 0);
  expect([sum('channel-error-'), sum('send-error-')]).toEqual([304, 300]);
  for (const family of ['channel-error-', 'send-error-']) {
    expect(of(family).length).toBeLessThanOrEqual(62);
  }

  const { json } = await app.http(
    `/api/v1/channels/whatsapp/${a.number.channelId}`,
    a.team.administrator,
  );
  expect(json).toMatchObject({
    groupItems: { occurrences: 1 },
    otherItems: { occurrences: 1_500 },
    errors: expect.arrayContaining([expect.objectContaining({ code: 131_031, occurrences: 1 })]),
  });
  const { errors, otherErrors } = json as {
    errors: { occurrences: number }[];
    otherErrors: { occurrences: number };
  };
  const told = errors.reduce((whole, { occurrences }) => whole + occurrences, 0);
  expect(told + otherErrors.occurrences).toBe(604);
});
