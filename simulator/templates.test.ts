import { describe, expect, it } from 'vitest';
import { makeSample } from './media/make-media.ts';
import type { Json } from './testing/business-server.ts';
import { CHANNEL, codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests();

const ANA = '5511987654321';
const WABA = '200000000000001';
const TEMPLATES = `/v25.0/${WABA}/message_templates`;

const send = (name: string, components?: Json[], more: Json = {}) =>
  here.client.send({
    to: ANA,
    type: 'template',
    template: {
      name,
      language: { code: 'pt_BR' },
      ...(components === undefined ? {} : { components }),
    },
    ...more,
  });

const texts = (...values: string[]) => values.map((text) => ({ type: 'text', text }));
const bodyOf = (...values: string[]) => ({ type: 'body', parameters: texts(...values) });
const link = { type: 'button', sub_type: 'url', index: '0', parameters: texts('10432') };
const named = (type: string, values: Record<string, string>) => ({
  type,
  parameters: Object.entries(values).map(([parameter_name, text]) => ({
    type: 'text',
    parameter_name,
    text,
  })),
});
const hour = { data: 'sexta', hora: '14h', profissional: 'Bruno' };
const picture = () => {
  const { bytes, mimeType, fileName } = makeSample('photo');
  const file = { channel: CHANNEL, mimeType, fileName, bytes };
  return here.simulator.world.media.add({ ...file, origin: 'upload', forMs: 60_000 }).id;
};

describe('sending', () => {
  it('goes outside the window, filled in, at its price', async () => {
    const answer = await send('pedido_enviado', [bodyOf('Ana', '10432', 'sexta'), link]);
    expect(answer.body['messages']).toMatchObject([{ message_status: 'accepted' }]);
    await here.client.sim('GET', '/idle');
    const phone = await here.client.sim('GET', `/phones/${ANA}`);
    expect(phone.body['thread']).toMatchObject([
      {
        kind: 'template',
        text: 'Olá, Ana! O pedido 10432 foi enviado hoje e deve chegar até sexta.',
        card: {
          header: 'Seu pedido saiu!',
          footer: 'Loja Demonstração',
          buttons: [
            { kind: 'url', url: 'https://example.com/pedidos/10432' },
            { kind: 'quick_reply', title: 'Falar com alguém' },
          ],
        },
      },
    ]);
    expect(here.business.statuses()[0]).toMatchObject({
      pricing: { billable: true, category: 'utility' },
    });
    expect(codeOf(await here.client.text(ANA, 'oi'))).toBe(131047);
  });

  it('takes named parameters, pictures and payloads', async () => {
    const answer = await send('confirmacao_de_horario', [
      named('header', { nome: 'Ana' }),
      named('body', hour),
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: 0,
        parameters: [{ type: 'payload', payload: 'CONFIRMA-1' }],
      },
    ]);
    expect(answer.status).toBe(200);
    const image = { type: 'image', image: { id: picture() } };
    const header = { type: 'header', parameters: [image] };
    expect((await send('promocao_da_semana', [header, bodyOf('Ana', '20%')])).status).toBe(200);
    await here.client.sim('GET', '/idle');
    const [first, second] = here.simulator.outbox(ANA);
    expect(first?.card).toMatchObject({
      header: 'Horário de Ana',
      buttons: [{ id: 'CONFIRMA-1' }, {}, {}],
    });
    expect(second?.card.media).toMatchObject({ kind: 'image' });
  });

  it.each([
    ['an unknown name', 'nenhum', [], 404, 132001],
    ['one under review', 'aviso_de_feriado', [bodyOf('1')], 404, 132001],
    ['a paused one', 'oferta_relampago', [bodyOf('Ana')], 400, 132015],
    ['a disabled one', 'cupom_antigo', [], 400, 132016],
    ['too few parameters', 'pedido_enviado', [bodyOf('Ana'), link], 400, 132000],
    ['none at all', 'pedido_enviado', undefined, 400, 132000],
    ['too many', 'retomar_conversa', [bodyOf('Ana')], 400, 132000],
    ['no button parameter', 'pedido_enviado', [bodyOf('a', 'b', 'c')], 400, 131008],
    ['a long text', 'pedido_enviado', [bodyOf('a'.repeat(1_000), 'b', 'c'), link], 400, 132005],
    ['a line break', 'pedido_enviado', [bodyOf('a\nb', 'b', 'c'), link], 400, 132018],
    ['no picture', 'promocao_da_semana', [bodyOf('Ana', '2')], 400, 132012],
    [
      'a wrong name',
      'confirmacao_de_horario',
      [named('header', { x: 'a' }), named('body', hour)],
      400,
      132012,
    ],
    ['a strange button', 'retomar_conversa', [{ ...link }], 400, 132012],
  ])('refuses %s', async (_name, name, components, status, code) => {
    const answer = await send(name, components as Json[] | undefined);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(here.simulator.outbox()).toEqual([]);
  });

  it('still knows the block list, and no access code for a user id', async () => {
    await here.client.sim('POST', '/inbound', { from: ANA, wait: true });
    await here.client.block([{ user: ANA }]);
    expect(codeOf(await send('retomar_conversa'))).toBe(130403);
    const code = [bodyOf('1234'), link];
    const toUserId = { to: undefined, recipient: 'BR.123' };
    expect(codeOf(await send('codigo_de_acesso', code, toUserId))).toBe(131062);
  });
});

describe('the list', () => {
  it('comes in pages, by filters and with the fields asked for', async () => {
    const names: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const query = new URLSearchParams({ limit: '5', fields: 'name,status,language' });
      if (after !== '') query.set('after', after);
      const page: Json = (await here.client.call('GET', `${TEMPLATES}?${query}`)).body;
      const data = page['data'] as Json[];
      names.push(...data.map((one) => `${String(one['name'])} ${String(one['language'])}`));
      expect(Object.keys(data[0] ?? {}).sort()).toEqual(['id', 'language', 'name', 'status']);
      const paging = page['paging'] as { next?: string; cursors: { after: string } };
      after = paging.next === undefined ? null : paging.cursors.after;
    }
    expect(names).toHaveLength(13);
    expect(new Set(names).size).toBe(13);
    const approved = await here.client.call('GET', `${TEMPLATES}?status=APPROVED&name=retomar`);
    expect(approved.body['data']).toMatchObject([
      { name: 'retomar_conversa', parameter_format: 'POSITIONAL', components: [{}, {}] },
      {},
      {},
    ]);
    expect(codeOf(await here.client.call('GET', `${TEMPLATES}?fields=nonsense`))).toBe(100);
  });

  it('creates, edits and deletes', async () => {
    const made = await here.client.call('POST', TEMPLATES, {
      name: 'novo_modelo',
      language: 'pt_BR',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Oi, {{nome}}' }],
    });
    expect(made.body).toMatchObject({ status: 'PENDING', category: 'UTILITY' });
    const id = String(made.body['id']);
    expect(codeOf(await send('novo_modelo', [named('body', { nome: 'Ana' })]))).toBe(132001);
    await here.client.sim('PATCH', `/templates/${id}`, { status: 'APPROVED', tell: false });
    const node = await here.client.call('GET', `/v25.0/${id}?fields=status`);
    expect(node.body).toEqual({ status: 'APPROVED', id });
    await here.client.call('POST', `/v25.0/${id}`, { category: 'MARKETING' });
    expect((await here.client.call('GET', `/v25.0/${id}`)).body).toMatchObject({
      status: 'PENDING',
    });
    expect((await here.client.call('DELETE', `${TEMPLATES}?name=novo_modelo`)).status).toBe(200);
    expect(codeOf(await here.client.call('GET', `/v25.0/${id}`))).toBe(100);
  });

  it('tells of status, category, quality and the health of a number', async () => {
    const { body } = await here.client.sim('POST', '/templates', { name: 'meu', text: 'Oi {{1}}' });
    const id = String(body['id']);
    expect((await send('meu', [bodyOf('Ana')])).status).toBe(200);
    await here.client.sim('GET', '/idle');
    here.business.received.length = 0;
    await here.client.sim('PATCH', `/templates/${id}`, { status: 'REJECTED', reason: 'SCAM' });
    await here.client.sim('PATCH', `/templates/${id}`, { category: 'MARKETING', quality: 'RED' });
    const health = { quality: 'YELLOW' };
    await here.client.sim('PATCH', `/channels/${CHANNEL}`, { health });
    await here.business.until(() => here.business.received.length === 4);
    const changes = here.business.received.flatMap(({ body: one }) => one.entry[0]?.changes ?? []);
    expect(changes.map(({ field }) => field)).toEqual([
      'message_template_status_update',
      'template_category_update',
      'message_template_quality_update',
      'phone_number_quality_update',
    ]);
    expect(changes[0]?.value).toEqual({
      event: 'REJECTED',
      message_template_id: Number(id),
      message_template_name: 'meu',
      message_template_language: 'pt_BR',
      message_template_category: 'UTILITY',
      reason: 'SCAM',
    });
    const number = await here.client.call(
      'GET',
      `/v25.0/${CHANNEL}?fields=quality_rating,throughput`,
    );
    expect(number.body).toMatchObject({
      quality_rating: 'YELLOW',
      throughput: { level: 'STANDARD' },
    });
  });
});
