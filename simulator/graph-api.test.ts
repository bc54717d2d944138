import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSimulator } from './start-simulator.ts';
import type { Json } from './testing/business-server.ts';
import { CHANNEL, clientOf, codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests();

const ANA = '5511987654321';

const writes = (from = ANA, more: Json = {}) =>
  here.client.sim('POST', '/inbound', { from, text: 'oi', wait: true, ...more });

describe('sending', () => {
  it('accepts a text inside the window and tells sent, delivered and read', async () => {
    await writes();
    const answer = await here.client.text('+55 11 98765-4321', 'Olá', {
      biz_opaque_callback_data: 'corr-1',
    });
    expect(answer.status).toBe(200);
    const [message] = answer.body['messages'] as { id: string }[];
    expect(answer.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+55 11 98765-4321', wa_id: ANA }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    const decoded = Buffer.from(message?.id.slice(6) ?? '', 'base64').toString('latin1');
    expect(decoded).toContain(ANA);
    await here.business.until(() => here.business.statuses().length === 3);
    expect(here.business.statuses().map(({ status }) => status)).toEqual([
      'sent',
      'delivered',
      'read',
    ]);
    expect(here.business.statuses()[0]).toMatchObject({
      id: message?.id,
      recipient_id: ANA,
      biz_opaque_callback_data: 'corr-1',
    });
    expect(here.simulator.outbox(ANA)).toMatchObject([
      { id: message?.id, type: 'text', text: 'Olá', biz_opaque_callback_data: 'corr-1' },
    ]);
  });

  it('takes the unversioned path, any version, replies and reactions', async () => {
    const inbound = await writes();
    const context = { context: { message_id: String(inbound.body['id']) } };
    expect((await here.client.text(ANA, 'a', context, { version: '' })).status).toBe(200);
    expect((await here.client.text(ANA, 'b', {}, { version: '/v19.0' })).status).toBe(200);
    const reaction = { message_id: inbound.body['id'], emoji: '👍' };
    expect((await here.client.send({ to: ANA, type: 'reaction', reaction })).status).toBe(200);
    const outbox = await here.client.sim('GET', `/outbox?to=${ANA}`);
    expect(outbox.body).toMatchObject({
      count: 3,
      items: [{ context: { message_id: inbound.body['id'] } }, {}, { type: 'reaction' }],
    });
    await here.business.until(() => here.business.statuses().length === 7);
    const reactionId = here.simulator.outbox(ANA)[2]?.id;
    const told = here.business.statuses().filter(({ id }) => id === reactionId);
    expect(told.map(({ status }) => status)).toEqual(['sent']);
  });

  it('answers a BSUID without wa_id and shows no phone in its statuses', async () => {
    const userId = 'BR.20031234567890123456';
    await here.client.sim('POST', '/inbound', { userId, text: 'oi', wait: true });
    const answer = await here.client.send({
      recipient: userId,
      type: 'text',
      text: { body: 'oi' },
    });
    expect(answer.body['contacts']).toEqual([{ input: userId, user_id: userId }]);
    await here.business.until(() => here.business.statuses().length === 3);
    expect(here.business.statuses()[0]).toMatchObject({ recipient_user_id: userId });
    expect(here.business.statuses()[0]).not.toHaveProperty('recipient_id');
  });

  it('marks as read, with and without the typing sign', async () => {
    const { body } = await writes();
    const read = { status: 'read', message_id: body['id'] };
    expect(await here.client.send(read)).toEqual({ status: 200, body: { success: true } });
    await here.client.send({ ...read, typing_indicator: { type: 'text' } });
    const reads = await here.client.sim('GET', '/reads');
    expect(reads.body['items']).toMatchObject([
      { messageId: body['id'], from: ANA, typing: false },
      { messageId: body['id'], typing: true },
    ]);
    expect(codeOf(await here.client.send({ status: 'read', message_id: 'nonsense' }))).toBe(131009);
  });

  it.each([
    ['no product', { messaging_product: 'x', to: ANA, type: 'text', text: { body: 'a' } }, 100],
    ['no recipient', { type: 'text', text: { body: 'a' } }, 131008],
    ['bad number', { to: 'abc', type: 'text', text: { body: 'a' } }, 131009],
    ['no content', { to: ANA, type: 'text' }, 131008],
    ['empty text', { to: ANA, type: 'text', text: { body: '' } }, 131008],
    ['long text', { to: ANA, type: 'text', text: { body: 'a'.repeat(4_097) } }, 100],
    ['unknown type', { to: ANA, type: 'hologram', hologram: {} }, 131051],
    ['own number', { to: '5511900000000', type: 'text', text: { body: 'a' } }, 131021],
    ['bad context', { to: ANA, type: 'text', text: { body: 'a' }, context: {} }, 131009],
    ['reaction nowhere', { to: ANA, type: 'reaction', reaction: { emoji: 'x' } }, 131008],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await here.client.send(body as Json);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe(code);
    expect(here.simulator.outbox()).toEqual([]);
  });

  it('refuses outside the window, at once or later as told', async () => {
    expect(codeOf(await here.client.text(ANA, 'oi'))).toBe(131047);
    await writes(ANA, { timestamp: Math.floor(Date.now() / 1_000) - 90_000 });
    expect(codeOf(await here.client.text(ANA, 'oi'))).toBe(131047);
    here.simulator.settings({ window: 'async' });
    expect((await here.client.text(ANA, 'oi')).status).toBe(200);
    await here.business.until(() => here.business.statuses().length === 1);
    expect(here.business.statuses()[0]).toMatchObject({
      status: 'failed',
      errors: [{ code: 131047 }],
    });
    expect(here.business.values().at(-1)).not.toHaveProperty('contacts');
    here.simulator.settings({ window: 'off' });
    expect((await here.client.text(ANA, 'oi')).status).toBe(200);
  });

  it('writes only to the allow list of a test number', async () => {
    await writes();
    here.simulator.settings({ allowedRecipients: ['+55 11 91111-2222'] });
    expect(codeOf(await here.client.text(ANA, 'oi'))).toBe(131030);
    here.simulator.settings({ allowedRecipients: ['+55 11 98765-4321'] });
    expect((await here.client.text(ANA, 'oi')).status).toBe(200);
  });

  it('finds a person by the id it gave out, also where that looks like a local number', async () => {
    // A number of the United States whose digits would be one of São Paulo.
    const number = '11987654321';
    await writes(number);
    const known = here.simulator.world.people.byPhone(number);
    expect((await here.client.text(number, 'hi')).status).toBe(200);
    expect(here.simulator.outbox().at(-1)?.personId).toBe(known?.id);
    const blocked = await here.client.block([{ user: number }]);
    expect(JSON.stringify(blocked.body)).toContain('"wa_id":"11987654321"');
  });

  it('has the limits of Meta from the start', async () => {
    await writes();
    for (let turn = 0; turn < 45; turn += 1) {
      expect((await here.client.text(ANA, `${turn}`)).status).toBe(200);
    }
    expect(codeOf(await here.client.text(ANA, 'mais uma'))).toBe(131056);
    expect(here.simulator.world.settings.limits).toEqual({
      ...{ pairBurst: 45, pairEveryMs: 6_000, numberPerSecond: 80, blockCallsPerSecond: null },
    });
  });

  it('keeps to the pair and number limits when they are set', async () => {
    await writes();
    here.simulator.settings({ limits: { pairBurst: 2, pairEveryMs: 60_000 } });
    await here.client.text(ANA, '1');
    await here.client.text(ANA, '2');
    const third = await here.client.text(ANA, '3');
    expect([third.status, codeOf(third)]).toEqual([400, 131056]);
    here.simulator.settings({ limits: { numberPerSecond: 1 } });
    here.simulator.world.limits.clear();
    await here.client.text(ANA, '4');
    expect(codeOf(await here.client.text(ANA, '5'))).toBe(130429);
  });
});

describe('tokens and ids', () => {
  it.each([
    [null, 401, 190],
    ['expired-token', 401, 190],
    ['invalid-token', 401, 190],
    ['no-permission-token', 403, 10],
  ])('token %s answers %i with code %i', async (token, status, code) => {
    const answer = await here.client.text(ANA, 'oi', {}, { token });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it('does not know other numbers', async () => {
    const answer = await here.client.text(ANA, 'oi', {}, { channel: '999' });
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatchObject({
      code: 100,
      error_subcode: 33,
      type: 'GraphMethodException',
    });
  });

  it('takes only the configured token', async () => {
    const strict = await startSimulator({ accessToken: 'right', handshake: false });
    const path = `/v25.0/${CHANNEL}?fields=status`;
    const strictClient = clientOf(strict);
    const wrong = await strictClient.call('GET', path, undefined, { token: 'wrong' });
    const right = await strictClient.call('GET', path, undefined, { token: 'right' });
    await strict.close();
    expect([wrong.status, codeOf(wrong)]).toEqual([401, 190]);
    expect(right).toEqual({ status: 200, body: { status: 'CONNECTED', id: CHANNEL } });
  });
});

describe('accounts', () => {
  it('describes a number, lists the numbers of an account and its subscription', async () => {
    const number = await here.client.call('GET', `/v25.0/${CHANNEL}?fields=display_phone_number`);
    expect(number.body).toEqual({ display_phone_number: '+55 11 90000-0000', id: CHANNEL });
    const list = await here.client.call('GET', '/v25.0/200000000000001/phone_numbers');
    expect(list.body['data']).toMatchObject([{ id: CHANNEL, quality_rating: 'GREEN' }]);
    const path = '/v25.0/200000000000001/subscribed_apps';
    expect((await here.client.call('DELETE', path)).body).toEqual({ success: true });
    expect((await here.client.call('GET', path)).body).toEqual({ data: [] });
    const silent = await writes();
    expect(silent.body).toMatchObject({ state: 'dropped', reason: 'not-subscribed' });
    expect((await here.client.call('POST', path, {})).body).toEqual({ success: true });
    expect((await here.client.call('GET', path)).body['data']).toHaveLength(1);
  });

  it('takes an overriding callback only after its handshake', async () => {
    const path = '/v25.0/200000000000001/subscribed_apps';
    const wrong = { override_callback_uri: here.business.url, verify_token: 'wrong' };
    expect(codeOf(await here.client.call('POST', path, wrong))).toBe(2200);
    const right = { ...wrong, verify_token: 'demo-verify-token' };
    expect((await here.client.call('POST', path, right)).body).toEqual({ success: true });
  });
});

describe('a number that is being connected', () => {
  const secret = 'demo-app-secret';
  const proofBy = (key: string) => createHmac('sha256', key).update('demo-token').digest('hex');
  const ask = (proof: string) =>
    fetch(`${here.simulator.url}/v25.0/${CHANNEL}?fields=id&appsecret_proof=${proof}`, {
      headers: { authorization: 'Bearer demo-token' },
    });

  it('knows the secret of its app by a proof', async () => {
    expect((await ask(proofBy(secret))).status).toBe(200);
    const wrong = await ask(proofBy('another'));
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: { code: 100 } }]);
  });

  it('takes an address for webhooks once it has answered', async () => {
    const verify = (verifyToken: string) =>
      here.client.sim('POST', `/channels/${CHANNEL}/verify`, {
        webhookUrl: here.business.url,
        verifyToken,
      });
    expect((await verify('not this one')).body).toEqual({ result: 'refused' });
    expect((await verify('demo-verify-token')).body).toEqual({ result: 'verified' });
  });
});
