import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MetaNumber, type NumbersApp, startNumbersApp } from './testing/numbers-app.ts';
import {
  changeFor,
  deliver,
  nowInSeconds,
  postSigned,
  textFrom,
  webhookOf,
} from './testing/signed-webhook.ts';
import { aStranger } from './testing/test-workspace.ts';

let numbers: NumbersApp;

beforeAll(async () => {
  numbers = await startNumbersApp();
});
afterAll(() => numbers.close());

const atMeta = async (method: string, path: string, body: object): Promise<void> => {
  const response = await fetch(`${numbers.simulator.url}/_sim${path}`, {
    ...{ method, body: JSON.stringify(body) },
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(200);
};

/** An hour ago unless it is said otherwise: what came since is told by later seconds. */
const told = async (
  number: MetaNumber,
  event: string,
  { ago = 3_600, ...more }: { ago?: number; phone_number?: string } = {},
): Promise<void> => {
  const change = { field: 'account_update', value: { event, ...more } };
  const { object, entry } = webhookOf(number.wabaId, change);
  const body = { object, entry: entry.map((one) => ({ ...one, time: nowInSeconds() - ago })) };
  const answer = await postSigned(numbers.app.http, JSON.stringify(body), number.appSecret);
  expect(answer.status).toBe(200);
};

const kindOf = async (id: string) => (await numbers.read(id)).cutOff?.kind ?? null;
const check = (id: string) => numbers.asAdministrator('POST', `/${id}/inspection`);

it('an app that lost its access is told until a check finds all well', async () => {
  const { number, view } = await numbers.connected();
  expect(await kindOf(view.id)).toBeNull();
  await check(view.id);
  await told(number, 'PARTNER_REMOVED', { ago: 0 });
  const { cutOff } = await numbers.read(view.id);
  expect(cutOff?.kind).toBe('partner-removed');
  expect(Math.abs(Date.parse(cutOff?.at ?? '') - Date.now())).toBeLessThan(10_000);
  // Of an hour ago: told again late, it changes nothing.
  await told(number, 'ACCOUNT_RECONNECTED');
  expect(await kindOf(view.id)).toBe('partner-removed');
  await told(number, 'ACCOUNT_RECONNECTED', { ago: 0 });
  expect(await kindOf(view.id)).toBeNull();

  const other = await numbers.connected();
  await told(other.number, 'PARTNER_REMOVED');
  await atMeta('PATCH', `/channels/${other.number.phoneNumberId}`, { subscribed: false });
  await check(other.view.id);
  expect(await kindOf(other.view.id)).toBe('partner-removed');
  await atMeta('PATCH', `/channels/${other.number.phoneNumberId}`, { subscribed: true });
  await check(other.view.id);
  expect(await kindOf(other.view.id)).toBeNull();
});

it('a number off the API is told until it is back, whatever a check says', async () => {
  const { number, view } = await numbers.connected();
  await told(number, 'ACCOUNT_OFFBOARDED');
  await check(view.id);
  expect(await kindOf(view.id)).toBe('offboarded');
  await told(number, 'ACCOUNT_RECONNECTED', { ago: 1_800 });
  expect(await kindOf(view.id)).toBeNull();
  await told(number, 'ACCOUNT_OFFBOARDED', { ago: 3_000 });
  expect(await kindOf(view.id)).toBeNull();
});

it('a message that was written since shows that the number is back', async () => {
  const { number, view, test } = await numbers.connected();
  await told(number, 'ACCOUNT_OFFBOARDED');
  const message = textFrom(aStranger(numbers.app.a.marker), 'Oi');
  await deliver(numbers.app.http, test, changeFor(test, 'messages', { messages: [message] }));
  expect(await kindOf(view.id)).toBeNull();
});

it('news that name a phone are of that number alone, in either spelling', async () => {
  const { number, view } = await numbers.connected();
  await told(number, 'PARTNER_REMOVED', { phone_number: '5521999998888' });
  expect(await kindOf(view.id)).toBeNull();
  const short = number.displayNumber.replace(/^(5511)\d/, '$1');
  await told(number, 'PARTNER_REMOVED', { phone_number: short });
  expect(await kindOf(view.id)).toBe('partner-removed');
});

it('nobody else tells it: not another account, not another secret', async () => {
  const { number, view } = await numbers.connected();
  const other = await numbers.aNumber();
  await numbers.connect(other);
  await told(other, 'PARTNER_REMOVED');
  const forged = { ...number, appSecret: other.appSecret };
  await told(forged, 'PARTNER_REMOVED');
  expect(await kindOf(view.id)).toBeNull();
});

it('the simulated WhatsApp tells it', async () => {
  const { number, view } = await numbers.connected();
  const webhookUrl = `${numbers.app.url}/webhooks/whatsapp`;
  await atMeta('PATCH', `/channels/${number.phoneNumberId}`, { webhookUrl });
  const value = { event: 'ACCOUNT_OFFBOARDED' };
  const about = { channel: number.phoneNumberId, field: 'account_update', wait: true };
  await atMeta('POST', '/account-events', { ...about, value });
  expect(await kindOf(view.id)).toBe('offboarded');
});
