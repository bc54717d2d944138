import { describe, expect, it } from 'vitest';
import type { Json } from './testing/business-server.ts';
import { CHANNEL, codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const ANA = '5511987654321';
const OTHER = '100000000000009';

const here = simulatorForTests({
  channels: [
    {
      phoneNumberId: OTHER,
      wabaId: '200000000000009',
      displayPhoneNumber: '5511900000009',
      appSecret: 'demo-app-secret',
      verifyToken: 'demo-verify-token',
    },
  ],
});

const does = async (spec: Json): Promise<Json> => {
  const { body } = await here.client.sim('POST', '/inbound', { from: ANA, wait: true, ...spec });
  return body;
};

const changes = () =>
  here.business.received.flatMap(({ body }) => body.entry.flatMap((entry) => entry.changes));
const lastValue = (): Json => changes().at(-1)?.value ?? {};
const lastThread = async () => {
  const phone = await here.client.sim('GET', `/phones/${ANA}`);
  return (phone.body['thread'] as Json[]).at(-1) ?? {};
};

describe('messages', () => {
  it.each([
    [
      { type: 'flow_reply', response: { a: 1 } },
      { interactive: { nfm_reply: { name: 'flow', response_json: '{"a":1}' } } },
    ],
    [
      { type: 'call_permission_reply' },
      { interactive: { call_permission_reply: { response: 'accept' } } },
    ],
    [{ type: 'unsupported', code: 131060 }, { errors: [{ code: 131060 }] }],
    [{ type: 'contacts', contactRequest: true }, { contacts: [{ origin: 'contact_request' }] }],
    [{ text: 'oi', referral: true }, { referral: { source_type: 'ad', media_type: 'image' } }],
    [{ text: 'oi', forwarded: 'often' }, { context: { frequently_forwarded: true } }],
    [
      { text: 'oi', referredProduct: { catalog_id: '1', product_retailer_id: 'A' } },
      { context: { referred_product: { catalog_id: '1' } } },
    ],
  ])('builds %o', async (spec, message) => {
    await does(spec as Json);
    expect(here.business.messages()[0]).toMatchObject(message);
  });

  it('corrects the words under a picture', async () => {
    const { id } = await does({ type: 'image', text: 'antes' });
    const file = here.business.messages()[0]?.['image'] as Json;
    await does({ type: 'edit', kind: 'image', target: id, text: 'depois' });
    expect(here.business.messages()[1]).toMatchObject({
      type: 'edit',
      edit: {
        original_message_id: id,
        message: { type: 'image', image: { id: file['id'], caption: 'depois' } },
      },
    });
    expect(await lastThread()).toMatchObject({ text: 'depois', edited: true });
  });

  it('puts reactions on a message, changes them and takes them off', async () => {
    const { id } = await does({ text: 'oi' });
    for (const emoji of ['👍', '❤️']) {
      await does({ type: 'reaction', target: id, emoji });
      expect(await lastThread()).toMatchObject({ reaction: emoji });
    }
    await does({ type: 'reaction', target: id });
    expect(await lastThread()).toMatchObject({ reaction: null });
    expect(here.business.messages().at(-1)?.['reaction']).toEqual({ message_id: id });
  });

  it('rings, ends and misses calls under one id', async () => {
    const { id } = await does({ type: 'call' });
    await does({ type: 'call', id, callEvent: 'terminate', duration: 30 });
    expect(lastValue()['calls']).toMatchObject([
      { id, event: 'terminate', status: 'COMPLETED', duration: 30 },
    ]);
    expect(await lastThread()).toMatchObject({ kind: 'call', text: 'Ligação de 30 s' });
    await does({ type: 'call', callEvent: 'terminate', callStatus: 'FAILED' });
    expect(lastValue()['calls']).toMatchObject([{ status: 'FAILED' }]);
    const reject = { messaging_product: 'whatsapp', call_id: id, action: 'reject' };
    const answer = await here.client.call('POST', `/v25.0/${CHANNEL}/calls`, reject);
    expect(answer.body).toEqual({ messaging_product: 'whatsapp', success: true });
  });
});

describe('the Business app', () => {
  it('echoes files, corrections and deletions of whoever answers there', async () => {
    const { id } = await does({ type: 'echo', kind: 'image', text: 'da loja' });
    expect(lastValue()['message_echoes']).toMatchObject([
      { type: 'image', to: ANA, image: { caption: 'da loja', mime_type: 'image/jpeg' } },
    ]);
    expect(await lastThread()).toMatchObject({
      side: 'business',
      card: { media: { kind: 'image' } },
    });
    await does({ type: 'echo', kind: 'revoke', target: id });
    expect(lastValue()['message_echoes']).toMatchObject([
      { type: 'revoke', revoke: { original_message_id: id } },
    ]);
    expect(await lastThread()).toMatchObject({ deleted: true });
  });

  it('tells the history in chunks up to 100 %, then its files', async () => {
    const path = `/v25.0/${CHANNEL}/smb_app_data`;
    const wanted = { messaging_product: 'whatsapp', sync_type: 'history' };
    expect((await here.client.call('POST', path, wanted)).body).toHaveProperty('request_id');
    await here.client.sim('GET', '/idle');
    const values = changes().map(({ value }) => value);
    const parts = values.flatMap((value) => (value['history'] as Json[] | undefined) ?? []);
    const progress = parts.map((part) => (part['metadata'] as { progress: number }).progress);
    expect(progress.at(-1)).toBe(100);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    const threads = parts.flatMap((part) => part['threads'] as { messages: Json[] }[]);
    const messages = threads.flatMap((thread) => thread.messages);
    expect(messages.filter(({ to }) => to !== undefined).length).toBeGreaterThan(5);
    const placeholder = messages.find(({ type }) => type === 'media_placeholder');
    const later = values.filter((value) => value.messages !== undefined);
    expect(placeholder).toBeDefined();
    expect(later[0]?.messages).toMatchObject([
      { type: 'image', image: { mime_type: 'image/png' } },
    ]);
    expect(later.length).toBeLessThan(parts.length);
    const [person] = here.simulator.world.people.list();
    expect(person?.thread.list().length).toBeGreaterThan(0);
    expect([...(person?.lastInboundAt ?? [])]).toEqual([]);
  });

  it('may refuse the history, and never has it for a plain number', async () => {
    await here.client.sim('POST', '/history', { declined: true, wait: true });
    expect(lastValue()['history']).toMatchObject([{ errors: [{ code: 2593109 }] }]);
    const wanted = { messaging_product: 'whatsapp', sync_type: 'history' };
    const answer = await here.client.call('POST', `/v25.0/${OTHER}/smb_app_data`, wanted);
    expect(codeOf(answer)).toBe(100);
  });

  it('tells each part once, within a day of joining', async () => {
    const ask = (type: string) =>
      here.client.call('POST', `/v25.0/${CHANNEL}/smb_app_data`, {
        messaging_product: 'whatsapp',
        sync_type: type,
      });
    expect((await ask('smb_app_state_sync')).status).toBe(200);
    expect(codeOf(await ask('smb_app_state_sync'))).toBe(2593107);
    const joinedAt = new Date(Date.now() - 25 * 3_600_000).toISOString();
    const late = { coexistence: true, joinedAt };
    await here.client.sim('PATCH', `/channels/${CHANNEL}`, late);
    expect(codeOf(await ask('history'))).toBe(2593108);
    here.simulator.settings({ syncRefusals: 'swapped' });
    expect(codeOf(await ask('history'))).toBe(2593107);
    const again = { coexistence: true, historyShared: false };
    await here.client.sim('PATCH', `/channels/${CHANNEL}`, again);
    expect((await ask('history')).status).toBe(200);
    await here.client.sim('GET', '/idle');
    expect(lastValue()['history']).toMatchObject([{ errors: [{ code: 2593109 }] }]);
  });

  it('tells the address book, one entry at a time too', async () => {
    await does({ text: 'oi', name: 'Ana Souza' });
    await here.client.sim('POST', '/contact-sync', { wait: true });
    expect(changes().at(-1)?.field).toBe('smb_app_state_sync');
    expect(lastValue()['state_sync']).toMatchObject([
      { action: 'add', contact: { full_name: 'Ana Souza', first_name: 'Ana', phone_number: ANA } },
    ]);
    await does({ type: 'contact_sync', bookName: 'Ana do bolo' });
    expect(lastValue()['state_sync']).toMatchObject([
      {
        action: 'add',
        contact: { full_name: 'Ana do bolo', first_name: 'Ana', phone_number: ANA },
      },
    ]);
    await does({ type: 'contact_sync', contactAction: 'remove' });
    const [removed] = lastValue()['state_sync'] as { contact: Json }[];
    expect(removed?.contact).not.toHaveProperty('full_name');
  });
});

it('tells an account of anything', async () => {
  const errors = [{ code: 130429, title: 'Rate limit hit' }];
  const event = { field: 'messages', value: { errors }, withNumber: true, wait: true };
  expect((await here.client.sim('POST', '/account-events', event)).body).toMatchObject({
    state: 'delivered',
  });
  expect(lastValue()).toMatchObject({ errors, metadata: { phone_number_id: CHANNEL } });
  const value = { event: 'PARTNER_REMOVED' };
  await here.client.sim('POST', '/account-events', { field: 'account_update', value, wait: true });
  expect(lastValue()).toEqual(value);
});
