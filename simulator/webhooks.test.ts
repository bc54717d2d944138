import { afterEach, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.ts';
import { type BusinessServer, type Json, startBusiness } from './testing/business-server.ts';
import { CHANNEL, clientOf } from './testing/graph-client.ts';

const ANA = '5511987654321';
const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(options: SimulatorOptions = {}): Promise<{
  business: BusinessServer;
  simulator: Simulator;
  client: ReturnType<typeof clientOf>;
}> {
  const business = await startBusiness();
  const simulator = await startSimulator({
    webhookUrl: business.url,
    handshake: false,
    ...options,
  });
  open.push(simulator, business);
  return { business, simulator, client: clientOf(simulator) };
}

const texts = (business: BusinessServer) =>
  business.messages().map(({ text }) => (text as { body: string }).body);

it('verifies the webhook as soon as it answers', async () => {
  const { simulator, business } = await start({ handshake: true });
  await business.until(() => business.challenges.length === 1);
  await business.until(() => simulator.world.channels.get(CHANNEL)?.handshake === 'verified');
  expect(business.challenges[0]).toMatch(/^\d{10}$/);
});

it('comes back until the answer is 200', async () => {
  const { business, client } = await start({ settings: { webhooks: { firstRetryMs: 20 } } });
  business.answers.push(500, 401, 503);
  const sent = await client.sim('POST', '/inbound', { from: ANA, text: 'oi', wait: 'delivered' });
  expect(sent.body).toMatchObject({ state: 'delivered', attempts: 4, lastStatus: 200 });
  expect(new Set(business.received.map(({ raw }) => raw.toString())).size).toBe(1);
});

it('outlives a server that is away, and keeps the order of a conversation', async () => {
  const { business, simulator, client } = await start({
    settings: { webhooks: { firstRetryMs: 30, maxRetryMs: 60 } },
  });
  const port = Number(new URL(business.url).port);
  await business.close();
  for (let turn = 0; turn < 20; turn += 1) simulator.inbound({ from: ANA, text: `m${turn}` });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const back = await startBusiness({ port });
  open.push(back);
  expect((await client.sim('GET', '/idle')).body).toMatchObject({ idle: true });
  expect(texts(back)).toEqual(Array.from({ length: 20 }, (_, turn) => `m${turn}`));
});

it('stays alive whatever address it is given, and takes only http(s) ones', async () => {
  for (const webhookUrl of ['ftp://127.0.0.1/x', 'not an address']) {
    const { client } = await start({ webhookUrl, handshake: true });
    await client.sim('POST', '/inbound', { from: ANA, text: 'oi' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await client.sim('GET', '/phones')).status).toBe(200);
    const patch = await client.sim('PATCH', `/channels/${CHANNEL}`, { webhookUrl });
    expect(patch.status).toBe(422);
  }
});

it('puts several updates in one body, in any of its arrays', async () => {
  const { business, client } = await start();
  const messages = [1, 2, 3].map((turn) => ({ from: ANA, text: `m${turn}` }));
  for (const shape of ['merged', 'changes', 'entries']) {
    await client.sim('POST', '/inbound', { messages, sameBody: true, shape, wait: true });
  }
  const shapes = business.received.map(({ body }) => [
    body.entry.length,
    body.entry[0]?.changes.length,
    body.entry[0]?.changes[0]?.value.messages?.length,
    body.entry[0]?.changes[0]?.value.contacts?.length,
  ]);
  expect(shapes).toEqual([
    [1, 1, 3, 1],
    [1, 3, 1, 1],
    [3, 1, 1, 1],
  ]);
});

it('batches, doubles, shuffles and delays as the settings say', async () => {
  const { business, simulator, client } = await start();
  simulator.settings({ webhooks: { batchMs: 30 } });
  for (let turn = 0; turn < 5; turn += 1) simulator.inbound({ from: ANA, text: `m${turn}` });
  await business.until(() => business.received.length === 1);
  expect(texts(business)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);

  business.received.length = 0;
  simulator.settings({ webhooks: { batchMs: 0, copies: 2 } });
  simulator.inbound({ from: ANA, text: 'thrice', id: 'wamid.SAME' });
  await business.until(() => business.received.length === 3);
  expect(business.messages().map(({ id }) => id)).toEqual(Array(3).fill('wamid.SAME'));

  business.received.length = 0;
  simulator.settings({ webhooks: { copies: 0, reorderMs: 40, ordered: false } });
  for (let turn = 0; turn < 30; turn += 1) simulator.inbound({ from: ANA, text: `${turn}` });
  await business.until(() => business.received.length === 30);
  const inOrder = Array.from({ length: 30 }, (_, turn) => `${turn}`);
  expect(texts(business)).not.toEqual(inOrder);
  expect(new Set(texts(business))).toEqual(new Set(inOrder));

  business.received.length = 0;
  simulator.settings({ webhooks: { reorderMs: 0, delayMs: 80 } });
  const before = Date.now();
  await client.sim('POST', '/inbound', { from: ANA, wait: true });
  expect(Date.now() - before).toBeGreaterThanOrEqual(79);
});

it('bends the statuses as the settings say', async () => {
  const { business, simulator, client } = await start({ settings: { window: 'off' } });
  const run = async (statuses: object, count: number) => {
    business.received.length = 0;
    simulator.settings({ statuses });
    await client.text(ANA, 'oi');
    await business.until(() => business.statuses().length === count);
    await client.sim('GET', '/idle');
    return business.statuses().map(({ status }) => status);
  };
  expect(await run({ skipDelivered: true }, 2)).toEqual(['sent', 'read']);
  expect(await run({ skipDelivered: false, reorder: true }, 3)).toEqual([
    'read',
    'delivered',
    'sent',
  ]);
  const doubled = await run({ reorder: false, duplicate: true }, 6);
  expect(doubled.filter((status) => status === 'delivered')).toHaveLength(2);
  expect(await run({ duplicate: false, readMs: null }, 2)).toEqual(['sent', 'delivered']);
});

it('signs each channel with its own secret and sends it to its own URL', async () => {
  const other = await startBusiness({ appSecret: 'second-secret' });
  open.push(other);
  const { business, client } = await start({
    channels: [
      {
        phoneNumberId: '100000000000002',
        wabaId: '200000000000002',
        displayPhoneNumber: '+55 11 90000-0002',
        appSecret: 'second-secret',
        verifyToken: 'second-token',
        webhookUrl: other.url,
      },
    ],
  });
  const messages = [
    { from: ANA, text: 'para o primeiro' },
    { from: ANA, text: 'para o segundo', channel: '100000000000002' },
  ];
  await client.sim('POST', '/inbound', { messages, sameBody: true, wait: true });
  expect([texts(business), texts(other)]).toEqual([['para o primeiro'], ['para o segundo']]);
  expect([business.received[0]?.isSigned, other.received[0]?.isSigned]).toEqual([true, true]);
});

it('sends a body written by hand, signed rightly, wrongly or not at all', async () => {
  const { business, client } = await start();
  const body = { object: 'whatsapp_business_account', entry: [] };
  const raw = (more: Json = {}) => client.sim('POST', '/webhooks', { body, ...more });
  expect((await raw()).body).toEqual({ status: 200, body: '' });
  await raw({ secret: 'not-mine' });
  await raw({ signature: null });
  expect(business.received.map(({ isSigned }) => isSigned)).toEqual([true, false, false]);
});

it('tells a status on demand, late or of a message never sent', async () => {
  const { business, client } = await start({
    settings: { window: 'off', statuses: { off: true } },
  });
  const sent = await client.text(ANA, 'oi', { biz_opaque_callback_data: 'c1' });
  const [message] = sent.body['messages'] as { id: string }[];
  const late = { id: message?.id, status: 'failed', code: 131026, timestamp: 1_700_000_000 };
  await client.sim('POST', '/statuses', { ...late, wait: true });
  await client.sim('POST', '/statuses', {
    id: 'wamid.STRANGER',
    to: ANA,
    status: 'sent',
    wait: true,
  });
  expect(business.statuses()).toMatchObject([
    { id: message?.id, timestamp: '1700000000', biz_opaque_callback_data: 'c1' },
    { id: 'wamid.STRANGER', status: 'sent' },
  ]);
});

it('sends many at once, but one at a time for one person', async () => {
  const slow = await startBusiness({ thinksMs: 40 });
  open.push(slow);
  const { simulator, client } = await start({ webhookUrl: slow.url, concurrency: 32 });
  for (let turn = 0; turn < 200; turn += 1) {
    simulator.inbound({ from: `55119${60_000_000 + turn}`, text: `m${turn}` });
  }
  await client.sim('GET', '/idle');
  expect([slow.received.length, slow.peak()]).toEqual([200, 32]);
  const patient = await startBusiness({ thinksMs: 10 });
  open.push(patient);
  simulator.setWebhookUrl(patient.url);
  for (let turn = 0; turn < 10; turn += 1) simulator.inbound({ from: ANA, text: `m${turn}` });
  await client.sim('GET', '/idle');
  expect([patient.received.length, patient.peak()]).toEqual([10, 1]);
});
