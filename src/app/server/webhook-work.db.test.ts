import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MetaNumber, type NumbersApp, startNumbersApp } from './testing/numbers-app.ts';
import { postSigned, webhookOf } from './testing/signed-webhook.ts';

let numbers: NumbersApp;
const connected: MetaNumber[] = [];

beforeAll(async () => {
  numbers = await startNumbersApp();
  // More of them, each with a secret of its own, than are tried over a large body.
  for (let n = 0; n < 16; n += 1) {
    const number = await numbers.aNumber();
    await numbers.connect(number);
    connected.push(number);
  }
});
afterAll(() => numbers.close());

const padding = 'x'.repeat(2_900_000);
const newsOf = (wabaId: string): string =>
  JSON.stringify(webhookOf(wabaId, { field: 'account_alerts', value: { padding } }));

const countOf = async (name: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(occurrences), 0)::int as n from channel_counter
     where workspace_id = ${numbers.app.a.id} and name = ${name}`.execute(numbers.app.deps.db);
  return rows[0]?.n ?? 0;
};

it('a large body about an account is found to be of its number, whichever that is', async () => {
  for (const number of connected) {
    const answer = await postSigned(numbers.app.http, newsOf(number.wabaId), number.appSecret);
    expect(answer.status).toBe(200);
  }
  expect(await countOf('field-account_alerts')).toBe(connected.length);
});

it('one that nobody signed is refused, whatever account it names', async () => {
  for (const wabaId of [connected[0]?.wabaId ?? '', '999000999']) {
    const answer = await postSigned(numbers.app.http, newsOf(wabaId), 'invented');
    expect([answer.status, answer.code]).toEqual([401, 'wrong-signature']);
  }
});

it('one of a hundred thousand changes is none of WhatsApp, and is refused before any is read', async () => {
  const { wabaId = '', appSecret = '' } = connected[0] ?? {};
  const changes = Array.from({ length: 100_000 }, () => ({}));
  const body = JSON.stringify(webhookOf(wabaId, ...changes));
  const answer = await postSigned(numbers.app.http, body, appSecret);
  expect([answer.status, answer.code]).toEqual([400, 'not-a-webhook']);
});
