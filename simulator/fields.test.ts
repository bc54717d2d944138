import { expect, it } from 'vitest';
import { CHANNEL } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';
import { WEBHOOK_FIELDS } from './wire/webhook-fields.ts';

const ANA = '5511987654321';
const world = simulatorForTests();

it('delivers every field until somebody says which', async () => {
  const { client, business } = world;
  const call = await client.sim('POST', '/inbound', { from: ANA, type: 'call', wait: true });
  expect(call.body).toMatchObject({ state: 'delivered' });
  expect(business.received).toHaveLength(1);
  const { body } = await client.sim('GET', '/channels');
  expect((body['items'] as { fields: string[] }[])[0]?.fields).toEqual(WEBHOOK_FIELDS);
});

it('a field that is not subscribed never comes, and only the log says so', async () => {
  const { client, business } = world;
  const patch = await client.sim('PATCH', `/channels/${CHANNEL}`, { fields: ['messages'] });
  expect(patch.body).toMatchObject({ fields: ['messages'] });
  const call = await client.sim('POST', '/inbound', { from: ANA, type: 'call', wait: true });
  expect(call.body).toMatchObject({ state: 'dropped', reason: 'field-not-subscribed' });
  const text = await client.sim('POST', '/inbound', { from: ANA, text: 'oi', wait: true });
  expect(text.body).toMatchObject({ state: 'delivered' });
  expect(business.received).toHaveLength(1);
  const log = await client.sim('GET', '/log');
  expect(JSON.stringify(log.body)).toContain('campo não assinado: calls');
});

it('knows the fields of the sheet and no others', async () => {
  const patch = await world.client.sim('PATCH', `/channels/${CHANNEL}`, { fields: ['mesages'] });
  expect(patch.status).toBe(422);
});
