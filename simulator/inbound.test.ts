import { describe, expect, it } from 'vitest';
import type { Json } from './testing/business-server.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests();

const ANA = '5511987654321';

const does = async (spec: Json): Promise<Json> => {
  const { body } = await here.client.sim('POST', '/inbound', { from: ANA, wait: true, ...spec });
  return body;
};

describe('the wire', () => {
  it('carries a text in the whole envelope, escaped and signed', async () => {
    const { id } = await does({ text: 'Olá, não chegou 😡', name: 'Ana', username: 'ana.p' });
    const [webhook] = here.business.received;
    expect(webhook?.isSigned).toBe(true);
    expect(webhook?.raw.toString('latin1')).toContain('Ol\\u00e1, n\\u00e3o chegou \\ud83d\\ude21');
    const userId = expect.stringMatching(/^BR\.\d{20}$/);
    expect(webhook?.body).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '200000000000001',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: '5511900000000',
                  phone_number_id: '100000000000001',
                },
                contacts: [
                  { profile: { name: 'Ana', username: 'ana.p' }, wa_id: ANA, user_id: userId },
                ],
                messages: [
                  {
                    from: ANA,
                    from_user_id: userId,
                    id,
                    timestamp: expect.stringMatching(/^\d{10}$/),
                    type: 'text',
                    text: { body: 'Olá, não chegou 😡' },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it.each([
    [{ type: 'reaction', target: 'wamid.X', emoji: '👍' }, 'reaction', { message_id: 'wamid.X' }],
    [{ type: 'button', text: 'Sim' }, 'button', { text: 'Sim', payload: 'sim' }],
    [{ type: 'button_reply', title: 'Sim' }, 'interactive', { type: 'button_reply' }],
    [{ type: 'list_reply', title: 'Um' }, 'interactive', { type: 'list_reply' }],
    [{ type: 'location', latitude: 1, longitude: 2 }, 'location', { latitude: 1, longitude: 2 }],
    [{ type: 'contacts' }, 'contacts', [{ name: { first_name: 'Beto' } }]],
    [{ type: 'order' }, 'order', { catalog_id: '300000000000001' }],
    [{ type: 'unsupported' }, 'unsupported', { type: 'poll_creation' }],
    [{ type: 'image', text: 'x' }, 'image', { mime_type: 'image/jpeg', caption: 'x' }],
    [{ type: 'revoke', target: 'wamid.X' }, 'revoke', { original_message_id: 'wamid.X' }],
    [
      { type: 'edit', target: 'wamid.X', text: 'novo' },
      'edit',
      { original_message_id: 'wamid.X', message: { type: 'text', text: { body: 'novo' } } },
    ],
  ])('builds %o', async (spec, type, content) => {
    await does(spec as Json);
    expect(here.business.messages()[0]).toMatchObject({ type, [type]: content });
  });

  it('knows calls, echoes, history, groups, replies and raw additions', async () => {
    await does({ type: 'call' });
    await does({ type: 'echo', text: 'do aparelho' });
    await does({ type: 'history', text: 'antiga', timestamp: 1_700_000_000 });
    await does({ type: 'request_welcome' });
    await does({ text: 'no grupo', groupId: 'Z3J1cG8=' });
    await does({ text: 'resposta', replyTo: 'wamid.OLD', forwarded: 'once' });
    await does({ type: 'raw', message: { type: 'hologram', hologram: {} }, contact: null });
    const fields = here.business.received.map(({ body }) => body.entry[0]?.changes[0]?.field);
    expect(fields.slice(0, 3)).toEqual(['calls', 'smb_message_echoes', 'history']);
    const [call, echo, history, welcome, group, reply, raw] = here.business.values();
    expect(call?.['calls']).toMatchObject([{ from: ANA, event: 'connect' }]);
    expect(echo?.['message_echoes']).toMatchObject([{ from: '5511900000000', to: ANA }]);
    expect(history?.['history']).toMatchObject([
      { threads: [{ id: ANA, messages: [{ timestamp: '1700000000' }] }] },
    ]);
    expect(welcome?.messages).toMatchObject([{ type: 'request_welcome' }]);
    expect(group?.messages).toMatchObject([{ group_id: 'Z3J1cG8=' }]);
    expect(reply?.messages).toMatchObject([
      { context: { from: '5511900000000', id: 'wamid.OLD', forwarded: true } },
    ]);
    expect(raw?.messages).toMatchObject([{ type: 'hologram', hologram: {} }]);
    expect(raw).not.toHaveProperty('contacts');
  });

  it('hides the phone as a missing key or as an empty string', async () => {
    await does({ text: 'a', hidden: true });
    await does({ text: 'b', hidden: 'empty' });
    const [missing, empty] = here.business.values();
    expect(missing?.messages?.[0]).not.toHaveProperty('from');
    expect(missing?.contacts?.[0]).not.toHaveProperty('wa_id');
    expect(empty?.messages?.[0]).toMatchObject({ from: '' });
    expect(empty?.contacts?.[0]).toMatchObject({ wa_id: '' });
  });

  it('tells a change of number and a change of BSUID', async () => {
    const { personId } = await does({ text: 'oi', parentUserId: true });
    const before = here.business.values()[0]?.contacts?.[0] ?? {};
    await does({ type: 'number_change', newNumber: '5521999990000' });
    const change = here.business.values()[1];
    expect(change).not.toHaveProperty('contacts');
    expect(change?.messages).toMatchObject([
      {
        from: ANA,
        from_user_id: before['user_id'],
        type: 'system',
        system: {
          type: 'user_changed_number',
          wa_id: '5521999990000',
          previous_user_id: before['user_id'],
        },
      },
    ]);
    await does({ from: personId, text: 'do novo' });
    expect(here.business.messages().at(-1)).toMatchObject({ from: '5521999990000' });
    await does({ from: personId, type: 'user_id_change', newUserId: 'BR.777' });
    const last = here.business.messages().at(-1);
    expect(last).not.toHaveProperty('from');
    expect(last?.['system']).toMatchObject({ type: 'user_changed_user_id', user_id: 'BR.777' });
  });

  it('gives a recycled number to somebody else', async () => {
    const first = await does({ text: 'eu', userId: 'BR.1111' });
    const same = await does({ text: 'eu de novo', userId: 'BR.1111' });
    const other = await does({ text: 'outra pessoa', userId: 'BR.2222' });
    expect(same['personId']).toBe(first['personId']);
    expect(other['personId']).not.toBe(first['personId']);
    expect(
      here.business.messages().map((message) => [message['from'], message['from_user_id']]),
    ).toEqual([
      [ANA, 'BR.1111'],
      [ANA, 'BR.1111'],
      [ANA, 'BR.2222'],
    ]);
  });

  it('rewrites numbers as their countries do', async () => {
    here.simulator.settings({ rewriteWaId: 'heuristic' });
    const phones = [
      ['5531987654321', '553187654321'],
      ['5511987654321', '5511987654321'],
      ['525512345678', '5215512345678'],
      ['541123456789', '5491123456789'],
    ];
    for (const [from] of phones) await does({ from, text: 'oi' });
    expect(here.business.messages().map((message) => message['from'])).toEqual(
      phones.map(([, waId]) => waId),
    );
    expect((await here.client.text('+5531987654321', 'oi')).body['contacts']).toEqual([
      { input: '+5531987654321', wa_id: '553187654321' },
    ]);
    expect(here.simulator.outbox('5531987654321')).toHaveLength(1);
  });
});

describe('phones', () => {
  it('keeps what is written offline, and delivers to it, when it is online again', async () => {
    const { personId } = await does({ text: 'oi' });
    await here.client.sim('PATCH', `/phones/${String(personId)}`, { isOnline: false });
    expect(await does({ text: 'no túnel' })).toMatchObject({ state: 'held', reason: 'offline' });
    await here.client.text(ANA, 'resposta');
    await here.business.until(() => here.business.statuses().length === 1);
    expect((await here.client.sim('GET', '/idle')).body).toMatchObject({ idle: true });
    expect(here.business.statuses().map(({ status }) => status)).toEqual(['sent']);
    await here.client.sim('PATCH', `/phones/${ANA}`, { isOnline: true });
    await here.business.until(() => here.business.statuses().length === 3);
    expect(here.business.messages().map((message) => message['text'])).toContainEqual({
      body: 'no túnel',
    });
  });

  it('shows ticks: sent, delivered with the 200, read with the read mark', async () => {
    here.business.answers.push(503);
    const { id } = await does({ text: 'oi' });
    const ticks = async () => {
      const phone = await here.client.sim('GET', `/phones/${ANA}`);
      return (phone.body['thread'] as Json[])[0]?.['ticks'];
    };
    expect(await ticks()).toBe('sent');
    await here.client.sim('GET', `/inbound/${encodeURIComponent(String(id))}?wait=1`);
    expect(await ticks()).toBe('delivered');
    await here.client.send({ status: 'read', message_id: id });
    expect(await ticks()).toBe('read');
  });

  it('stops at sent for a person who blocks the business, and at delivered until read', async () => {
    await does({ text: 'oi' });
    await here.client.sim('PATCH', `/phones/${ANA}`, { blocksBusiness: true });
    await here.client.text(ANA, 'um');
    await here.client.sim('GET', '/idle');
    expect(here.business.statuses().map(({ status }) => status)).toEqual(['sent']);
    await here.client.sim('PATCH', `/phones/${ANA}`, { blocksBusiness: false, readsAlone: false });
    await here.client.text(ANA, 'dois');
    await here.client.sim('GET', '/idle');
    expect(here.business.statuses().map(({ status }) => status)).toEqual([
      'sent',
      'sent',
      'delivered',
    ]);
    await here.client.sim('POST', `/phones/${ANA}/read`);
    await here.business.until(() => here.business.statuses().length === 4);
    expect(here.business.statuses().at(-1)).toMatchObject({ status: 'read' });
  });

  it('refuses what it does not understand', async () => {
    const wrong = await here.client.sim('POST', '/inbound', { from: ANA, txt: 'oi' });
    expect(wrong.status).toBe(422);
    expect((await here.client.sim('POST', '/inbound', { from: 'ninguém' })).status).toBe(422);
    expect((await here.client.sim('POST', '/inbound', { from: ANA, channel: '9' })).status).toBe(
      404,
    );
  });
});
