import { expect, it } from 'vitest';
import type { Json } from './testing/business-server.ts';
import { codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests();

const ANA = '5511987654321';

const writes = (from = ANA, more: Json = {}) =>
  here.client.sim('POST', '/inbound', { from, text: 'oi', wait: true, ...more });

const lists = (body: Json) => body['block_users'] as Record<string, Json[]>;

async function crowd(size: number): Promise<string[]> {
  const numbers = Array.from({ length: size }, (_, index) => `55119${60_000_000 + index}`);
  const lastInboundAt = new Date().toISOString();
  const phones = numbers.map((number) => ({ number, lastInboundAt }));
  await here.client.sim('POST', '/phones', { phones });
  return numbers;
}

it('blocks by number and by BSUID, again without harm, and unblocks', async () => {
  const { body } = await writes();
  const person = here.simulator.world.people.get(String(body['personId']));
  const added = await here.client.block([{ user: '+55 11 98765-4321' }]);
  expect(added).toEqual({
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      block_users: { added_users: [{ input: '+55 11 98765-4321', wa_id: ANA }] },
    },
  });
  const channel = { portfolio: 'demo' };
  const userId = person === undefined ? '' : here.simulator.world.people.userIdFor(person, channel);
  const again = await here.client.block([{ user_id: userId }]);
  expect(lists(again.body)).toEqual({ added_users: [{ input: userId, user_id: userId }] });
  expect((await here.client.blocked()).body['data']).toEqual([
    { messaging_product: 'whatsapp', wa_id: ANA, user_id: userId },
  ]);
  const removed = await here.client.block([{ user: ANA }], 'DELETE');
  expect(lists(removed.body)).toEqual({ removed_users: [{ input: ANA, wa_id: ANA }] });
  expect((await here.client.blocked()).body).toEqual({ data: [] });
  expect((await here.client.block([{ user: ANA }], 'DELETE')).status).toBe(200);
});

it('silences a blocked person and refuses messages to them', async () => {
  await writes();
  await here.client.block([{ user: ANA }]);
  here.business.received.length = 0;
  expect((await writes()).body).toMatchObject({ state: 'suppressed', reason: 'blocked' });
  const sync = await here.client.text(ANA, 'oi');
  expect([sync.status, codeOf(sync)]).toEqual([400, 130403]);
  expect(here.business.received).toEqual([]);
  here.simulator.settings({ blockedRecipient: 'async' });
  expect((await here.client.text(ANA, 'oi')).status).toBe(200);
  await here.business.until(() => here.business.statuses().length === 1);
  expect(here.business.statuses()[0]).toMatchObject({
    status: 'failed',
    errors: [{ code: 130403 }],
  });
  expect((await writes(ANA, { force: true })).body).toMatchObject({ state: 'delivered' });
  await here.client.block([{ user: ANA }], 'DELETE');
  expect((await writes()).body).toMatchObject({ state: 'delivered' });
});

it('does part of the work and says which part', async () => {
  await writes();
  await writes('5511911112222', { timestamp: Math.floor(Date.now() / 1_000) - 90_000 });
  const answer = await here.client.block([
    { user: ANA },
    { user: '5511911112222' },
    { user: '5511933334444' },
    { user: '5511900000000' },
    { user_id: 'BR.ENT.12345' },
  ]);
  expect(answer.status).toBe(400);
  expect(answer.body['error']).toMatchObject({ code: 139100 });
  const { added_users: added, failed_users: failed } = lists(answer.body);
  expect(added).toEqual([{ input: ANA, wa_id: ANA }]);
  expect(failed?.map(({ input, wa_id }) => [input, wa_id])).toEqual([
    ['5511911112222', '5511911112222'],
    ['5511933334444', undefined],
    ['5511900000000', undefined],
    ['BR.ENT.12345', undefined],
  ]);
  const codes = failed?.map(({ errors }) => (errors as Json[])[0]?.['code']);
  expect(codes).toEqual([131047, 131047, 131021, 100]);
  here.simulator.settings({ mixedBlockStatus: 200 });
  const mild = await here.client.block([{ user: '5511933334444' }]);
  expect(mild.status).toBe(200);
  expect(mild.body).not.toHaveProperty('error');
});

it('holds the limits of one request and of the list', async () => {
  const many = Array.from({ length: 1_001 }, () => ({ user: ANA }));
  expect(codeOf(await here.client.block(many))).toBe(130429);
  expect(codeOf(await here.client.call('DELETE', '/v25.0/100000000000001/block_users'))).toBe(100);
  expect((await here.client.block([])).body).toEqual({
    messaging_product: 'whatsapp',
    block_users: {},
  });
  here.simulator.settings({ blockListLimit: 2 });
  const numbers = await crowd(3);
  const full = await here.client.block(numbers.map((user) => ({ user })));
  const failed = lists(full.body)['failed_users'];
  expect(failed).toMatchObject([{ input: numbers[2], errors: [{ code: 139101 }] }]);
});

it('pages through the list, and not across a change of it', async () => {
  const numbers = await crowd(25);
  await here.client.block(numbers.map((user) => ({ user })));
  const seen: unknown[] = [];
  let query = '?limit=10';
  let lastCursor = '';
  for (let page = 0; page < 4; page += 1) {
    const { body } = await here.client.blocked(query);
    const data = body['data'] as Json[];
    seen.push(...data.map(({ wa_id }) => wa_id));
    if (data.length === 0) break;
    lastCursor = (body['paging'] as { cursors: { after: string } }).cursors.after;
    query = `?limit=10&after=${lastCursor}`;
  }
  expect(seen).toEqual(numbers);
  await here.client.block([{ user: numbers[0] ?? '' }], 'DELETE');
  expect(codeOf(await here.client.blocked(`?limit=10&after=${lastCursor}`))).toBe(139102);
  expect(codeOf(await here.client.blocked('?after=nonsense'))).toBe(100);
});

it('is a list of one number only', async () => {
  await here.client.sim('POST', '/channels', {
    phoneNumberId: '100000000000002',
    wabaId: '200000000000001',
    displayPhoneNumber: '5511900000002',
    appSecret: 's',
    verifyToken: 'v',
    webhookUrl: here.business.url,
  });
  await writes();
  await here.client.block([{ user: ANA }]);
  const other = await writes(ANA, { channel: '100000000000002' });
  expect(other.body).toMatchObject({ state: 'delivered' });
  expect((await here.client.text(ANA, 'oi', {}, { channel: '100000000000002' })).status).toBe(200);
});

it('answers in the shapes that have been seen elsewhere', async () => {
  here.simulator.settings({ mixedBlockError: 'errors', removedUsersKey: 'added_users' });
  const mixed = await here.client.block([{ user: '5511933334444' }]);
  expect(mixed.status).toBe(400);
  expect(mixed.body).toMatchObject({ errors: { code: 139100 } });
  expect(mixed.body).not.toHaveProperty('error');
  await writes();
  await here.client.block([{ user: ANA }]);
  const removed = await here.client.block([{ user: ANA }], 'DELETE');
  expect(lists(removed.body)).toEqual({ added_users: [{ input: ANA, wa_id: ANA }] });
  expect((await here.client.blocked()).body).toEqual({ data: [] });
});

it('has a rate of its own, when told so', async () => {
  here.simulator.settings({ limits: { blockCallsPerSecond: 1 } });
  await writes();
  expect((await here.client.block([{ user: ANA }])).status).toBe(200);
  const refused = await here.client.block([{ user: ANA }], 'DELETE');
  expect([refused.status, codeOf(refused)]).toEqual([400, 130429]);
  expect(codeOf(await here.client.blocked())).toBe(130429);
});

it('takes neither another business nor a BSUID of another portfolio', async () => {
  const shop = '5511900000002';
  await here.client.sim('POST', '/channels', {
    phoneNumberId: '100000000000002',
    wabaId: '200000000000001',
    displayPhoneNumber: shop,
    portfolio: 'another',
    appSecret: 's',
    verifyToken: 'v',
    webhookUrl: here.business.url,
  });
  await writes(shop);
  const business = await here.client.block([{ user: shop }]);
  expect(lists(business.body)['failed_users']).toMatchObject([{ errors: [{ code: 131047 }] }]);
  const { body } = await writes();
  const person = here.simulator.world.people.get(String(body['personId']));
  const foreign =
    person === undefined
      ? ''
      : here.simulator.world.people.userIdFor(person, { portfolio: 'another' });
  const refused = await here.client.block([{ user_id: foreign }]);
  expect(lists(refused.body)['failed_users']).toMatchObject([
    { input: foreign, errors: [{ code: 131047 }] },
  ]);
});
