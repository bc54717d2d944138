import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeSample, type SampleName } from './media/make-media.ts';
import type { Json } from './testing/business-server.ts';
import { CHANNEL, codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests({ settings: { window: 'off' } });

const ANA = '5511987654321';

const keep = (name: SampleName): string => {
  const { bytes, mimeType, fileName } = makeSample(name);
  const channel = CHANNEL;
  const file = { channel, origin: 'upload', mimeType, fileName, bytes, forMs: 60_000 } as const;
  return here.simulator.world.media.add(file).id;
};

const send = (type: string, content: unknown, more: Json = {}) =>
  here.client.send({ to: ANA, type, [type]: content, ...more });

const shown = async () => {
  const phone = await here.client.sim('GET', `/phones/${ANA}`);
  return (phone.body['thread'] as Json[]).at(-1) ?? {};
};

const button = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
const body = { text: 'Confirma?' };

describe('files', () => {
  it.each([
    ['image', 'photo', { caption: 'veja' }],
    ['video', 'video', {}],
    ['audio', 'voice', { voice: true }],
    ['document', 'pdf', { filename: 'boleto.pdf', caption: 'boleto' }],
    ['sticker', 'sticker', {}],
  ] as const)('%s by id reaches the phone', async (type, sample, more) => {
    const id = keep(sample);
    expect((await send(type, { id, ...more })).status).toBe(200);
    await here.client.sim('GET', '/idle');
    const text = 'caption' in more ? more.caption : '';
    const fileName = 'filename' in more ? more.filename : null;
    expect(await shown()).toMatchObject({
      kind: type,
      text,
      card: { media: { id, kind: type, ...(fileName === null ? {} : { fileName }) } },
    });
    expect(here.business.statuses().map(({ status }) => status)).toEqual([
      'sent',
      'delivered',
      'read',
    ]);
  });

  it('refuses unknown ids, the wrong kind and the wrong voice', async () => {
    expect(codeOf(await send('image', { id: '123' }))).toBe(131009);
    expect(codeOf(await send('image', {}))).toBe(131008);
    expect(codeOf(await send('image', { id: '1', link: 'https://a.b/c' }))).toBe(131009);
    expect(codeOf(await send('image', { link: 'ftp://x' }))).toBe(131009);
    expect(codeOf(await send('image', { id: keep('pdf') }))).toBe(131053);
    expect(codeOf(await send('audio', { id: keep('voice'), caption: 'x' }))).toBe(131009);
    const caption = 'a'.repeat(1_025);
    expect(codeOf(await send('image', { id: keep('photo'), caption }))).toBe(100);
    here.simulator.settings({ media: { refusal: 'async' } });
    expect((await send('image', { id: keep('pdf') })).status).toBe(200);
    await here.business.until(() => here.business.statuses().length === 1);
    expect(here.business.statuses()[0]).toMatchObject({
      status: 'failed',
      errors: [{ code: 131053 }],
    });
  });

  it('fetches a link, once in ten minutes, and fails later when it cannot', async () => {
    let asked = 0;
    const { bytes } = makeSample('photo');
    const server = createServer((request, response) => {
      asked += 1;
      const isThere = request.url === '/foto.jpg';
      response.writeHead(isThere ? 200 : 404, { 'content-type': 'image/jpeg' });
      response.end(isThere ? bytes : undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const name of ['foto.jpg', 'foto.jpg', 'nada.jpg']) {
      expect((await send('image', { link: `${base}/${name}` })).status).toBe(200);
      await here.client.sim('GET', '/idle');
    }
    server.close();
    expect(asked).toBe(2);
    expect(here.business.statuses().at(-1)).toMatchObject({
      status: 'failed',
      errors: [{ code: 131053 }],
    });
    expect(await shown()).toMatchObject({ card: { media: { size: bytes.length } } });
  });
});

describe('the rest', () => {
  it('shows locations, cards, buttons, lists and links on the phone', async () => {
    await send('location', { latitude: '-23.5', longitude: '-46.6', name: 'Loja' });
    await here.client.sim('GET', '/idle');
    expect(await shown()).toMatchObject({ card: { location: { latitude: -23.5, name: 'Loja' } } });
    await send('contacts', [{ name: { formatted_name: 'Beto' }, phones: [{ phone: '+55' }] }]);
    await here.client.sim('GET', '/idle');
    expect(await shown()).toMatchObject({
      card: { contacts: [{ name: 'Beto', phones: ['+55'] }] },
    });
    await send('interactive', {
      type: 'button',
      header: { type: 'image', image: { id: keep('photo') } },
      body,
      footer: { text: 'Loja' },
      action: { buttons: [button('s', 'Sim'), button('n', 'Não')] },
    });
    await here.client.sim('GET', '/idle');
    expect(await shown()).toMatchObject({
      text: 'Confirma?',
      card: {
        footer: 'Loja',
        media: { kind: 'image' },
        buttons: [
          { kind: 'reply', id: 's', title: 'Sim' },
          { id: 'n', title: 'Não' },
        ],
      },
    });
    const rows = [{ id: '1', title: 'Trocas', description: 'Até 30 dias' }];
    const action = { button: 'Escolher', sections: [{ title: 'Ajuda', rows }] };
    await send('interactive', { type: 'list', body, action });
    await here.client.sim('GET', '/idle');
    expect(await shown()).toMatchObject({ card: { list: { sections: [{ rows }] } } });
    const parameters = { display_text: 'Abrir', url: 'https://example.com' };
    await send('interactive', { type: 'cta_url', body, action: { name: 'cta_url', parameters } });
    await here.client.sim('GET', '/idle');
    expect(await shown()).toMatchObject({ card: { buttons: [{ kind: 'url', title: 'Abrir' }] } });
  });

  it.each([
    [
      'four buttons',
      { type: 'button', body, action: { buttons: ['1', '2', '3', '4'].map((n) => button(n, n)) } },
      131009,
    ],
    [
      'a long title',
      { type: 'button', body, action: { buttons: [button('1', 'a'.repeat(21))] } },
      100,
    ],
    [
      'equal ids',
      { type: 'button', body, action: { buttons: [button('1', 'a'), button('1', 'b')] } },
      131009,
    ],
    ['no body', { type: 'button', action: { buttons: [button('1', 'a')] } }, 131008],
    ['no rows', { type: 'list', body, action: { button: 'x', sections: [{ rows: [] }] } }, 131008],
    [
      'eleven rows',
      {
        type: 'list',
        body,
        action: {
          button: 'x',
          sections: [0, 1].map((at) => ({
            title: `${at}`,
            rows: [0, 1, 2, 3, 4, 5].map((n) => ({ id: `${at}${n}`, title: 'a' })),
          })),
        },
      },
      131009,
    ],
    ['an unknown kind', { type: 'hologram', body, action: {} }, 131009],
  ])('refuses %s', async (_name, content, code) => {
    expect(codeOf(await send('interactive', content))).toBe(code);
    expect(here.simulator.outbox()).toEqual([]);
  });

  it('fails a reaction to nothing later', async () => {
    await send('reaction', { message_id: 'wamid.NOWHERE', emoji: '👍' });
    await here.business.until(() => here.business.statuses().length === 1);
    expect(here.business.statuses()[0]).toMatchObject({
      status: 'failed',
      errors: [{ code: 131009 }],
    });
  });
});
