import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '#features/conversations/contract.ts';
import { aPicture } from '#features/media/server/testing.ts';
import { aTemplateWorld, patient, templatesNamed } from './testing/template-world.ts';

const world = aTemplateWorld();

const send = (conversationId: string, body: object, headers = {}) =>
  world().server.http(`/api/v1/conversations/${conversationId}/messages`, {
    ...world().workspace.team.agent,
    method: 'POST',
    headers,
    body: { type: 'template', ...body },
  });

let people = 0;
/** Of somebody who never wrote: the window is closed. */
const aSilentPerson = async () => {
  const phone = `55119${60_000_000 + ++people}`;
  const answer = await world().server.http('/api/v1/conversations', {
    ...world().workspace.team.agent,
    method: 'POST',
    body: { phone: `+${phone}` },
  });
  const { id, contactId } = answer.json as { id: string; contactId: string };
  return { phone, id, contactId };
};

const shipped = {
  name: 'pedido_enviado',
  language: 'pt_BR',
  body: { '1': 'Ana', '2': '10432', '3': 'sexta' },
  buttons: [{ index: 0, value: '10432' }],
};

describe('a template', () => {
  it('reaches a person whose window is closed, and is read and found by its text', async () => {
    const { id, phone } = await aSilentPerson();
    const text = await world().server.http(`/api/v1/conversations/${id}/messages`, {
      ...world().workspace.team.agent,
      method: 'POST',
      body: { type: 'text', text: 'oi' },
    });
    expect(text.json).toMatchObject({ code: 'window-closed' });
    const sent = await send(id, shipped);
    expect(sent.status, sent.text).toBe(202);
    const whole = 'Olá, Ana! O pedido 10432 foi enviado hoje e deve chegar até sexta.';
    expect(sent.json).toMatchObject({
      type: 'template',
      text: whole,
      template: {
        name: 'pedido_enviado',
        header: { kind: 'text', text: 'Seu pedido saiu!' },
        footer: 'Loja Demonstração',
        buttons: [
          { kind: 'url', text: 'Acompanhar entrega', url: 'https://example.com/pedidos/10432' },
          { kind: 'quick-reply', text: 'Falar com alguém' },
        ],
      },
    });
    await expect.poll(() => world().simulator.outbox(phone).length, patient).toBe(1);
    expect(world().simulator.outbox(phone)[0]).toMatchObject({ type: 'template', text: whole });
  });

  it('has named values, and a file in its header', async () => {
    const { id, phone } = await aSilentPerson();
    const upload = await world().server.http('/api/v1/uploads?fileName=oferta.jpg', {
      ...world().workspace.team.agent,
      method: 'POST',
      rawBody: await aPicture('jpeg'),
      headers: { 'content-type': 'image/jpeg' },
    });
    const { id: uploadId } = upload.json as { id: string };
    const promotion = (await world().list('&search=promocao_da_semana'))[0];
    const picture = {
      templateId: promotion?.id,
      header: { uploadId },
      body: { '1': 'Ana', '2': '20%' },
    };
    expect(await send(id, picture)).toMatchObject({ status: 202 });
    const named = await send(id, {
      name: 'confirmacao_de_horario',
      language: 'pt_BR',
      header: { values: { nome: 'Ana' } },
      body: { data: '12/3', hora: '14h', profissional: 'Bruno' },
    });
    expect((named.json as Message).template?.header.text).toBe('Horário de Ana');
    await expect.poll(() => world().simulator.outbox(phone).length, patient).toBe(2);
    const { id: sentId, media } = (await send(id, picture)).json as Message;
    expect(media).toMatchObject({ state: 'ready', mimeType: 'image/jpeg' });
    const bytes = await world().server.http(
      `/api/v1/messages/${sentId}/media`,
      world().workspace.team.agent,
    );
    expect(bytes.status).toBe(200);
    const wrong = await send(id, {
      ...picture,
      templateId: undefined,
      name: 'boleto_disponivel',
      language: 'pt_BR',
      body: { nome: 'a', mes: 'b', valor: 'c', vencimento: 'd' },
    });
    expect(wrong.json).toMatchObject({ code: 'upload-of-another-kind' });
  });

  it('is refused for what is wrong with it, and nothing is kept', async () => {
    const { id } = await aSilentPerson();
    expect((await send(id, { ...shipped, name: 'nenhum' })).json).toMatchObject({
      status: 404,
      code: 'template-not-found',
    });
    expect((await send(id, { ...shipped, language: 'fr' })).json).toMatchObject({ status: 404 });
    expect((await send(id, {})).json).toMatchObject({ code: 'template-not-found' });
    const paused = { name: 'oferta_relampago', language: 'pt_BR', body: { '1': 'Ana' } };
    expect((await send(id, paused)).json).toMatchObject({ code: 'template-not-sendable' });
    const broken = await send(id, { ...shipped, body: { '1': 'Ana\nMaria', '2': '1' } });
    expect(broken.json).toMatchObject({
      status: 422,
      code: 'template-parameters',
      errors: [
        { path: 'body/1', message: 'line-break' },
        { path: 'body/3', message: 'missing' },
      ],
    });
    expect(broken.text).not.toContain('Maria');
    const { rows } = await sql`select 1 from message where conversation_id = ${id}`.execute(
      world().server.deps.db,
    );
    expect(rows).toHaveLength(0);
  });

  it('that a block stopped is sent again as it was filled in, file and all', async () => {
    const { server, workspace, simulator } = world();
    const { id, contactId, phone } = await aSilentPerson();
    const upload = await server.http('/api/v1/uploads?fileName=oferta.jpg', {
      ...workspace.team.agent,
      method: 'POST',
      rawBody: await aPicture('jpeg'),
      headers: { 'content-type': 'image/jpeg' },
    });
    const { id: uploadId } = upload.json as { id: string };
    const [promotion] = await world().list('&search=promocao_da_semana');
    const picture = { header: { uploadId }, body: { '1': 'Ana', '2': '20%' } };
    const sent = [
      (await send(id, shipped)).json as Message,
      (await send(id, { templateId: promotion?.id, ...picture })).json as Message,
    ];
    await expect.poll(() => simulator.outbox(phone).length, patient).toBe(2);
    // As the block would have found them a moment earlier.
    for (const message of sent) {
      await sql`update message set status = 'failed', error_code = 'contact-blocked'
        where id = ${message.id}`.execute(server.deps.db);
      await sql`insert into stopped_message (workspace_id, message_id)
        values (${workspace.id}, ${message.id})`.execute(server.deps.db);
    }
    const listed = await server.http(
      `/api/v1/contacts/${contactId}/stopped-messages`,
      workspace.team.agent,
    );
    expect((listed.json as { items: Message[] }).items.map((one) => one.id)).toEqual(
      sent.map((one) => one.id),
    );
    for (const message of sent) {
      const again = await server.http(`/api/v1/messages/${message.id}/send-stopped`, {
        ...workspace.team.agent,
        method: 'POST',
      });
      expect([again.status, again.text.slice(0, 200)]).toEqual([202, expect.any(String)]);
      const { text, template } = again.json as Message;
      expect({ text, template }).toEqual({ text: message.text, template: message.template });
    }
    await expect.poll(() => simulator.outbox(phone).length, patient).toBe(4);
    const texts = simulator.outbox(phone).map(({ text }) => text);
    expect(texts.slice(2)).toEqual(texts.slice(0, 2));
  });

  it('to a blocked contact stays as a failed attempt, with its text', async () => {
    const { id, contactId, phone } = await aSilentPerson();
    const block = { reason: 'spam' };
    const url = `/api/v1/contacts/${contactId}/block`;
    await world().server.http(url, {
      ...world().workspace.team.administrator,
      method: 'PUT',
      body: block,
    });
    const answer = await send(id, shipped);
    expect(answer.json).toMatchObject({ status: 409, code: 'contact-blocked' });
    const { messageId } = answer.json as { messageId: string };
    const kept = await world().server.http(
      `/api/v1/messages/${messageId}`,
      world().workspace.team.agent,
    );
    expect(kept.json).toMatchObject({
      type: 'template',
      status: 'failed',
      template: { name: 'pedido_enviado' },
    });
    expect(world().simulator.outbox(phone)).toEqual([]);
  });

  it('asked for twice under one key is sent once', async () => {
    const { id } = await aSilentPerson();
    const key = { 'idempotency-key': 'a-template-once' };
    const first = (await send(id, shipped, key)).json as Message;
    expect(((await send(id, shipped, key)).json as Message).id).toBe(first.id);
    const other = await send(id, { ...shipped, body: { ...shipped.body, '1': 'Bia' } }, key);
    expect(other.json).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('that WhatsApp has changed meanwhile has failed, by name', async () => {
    const { id } = await aSilentPerson();
    for (const one of templatesNamed(world().simulator, 'pedido_enviado')) {
      one.status = 'PAUSED';
    }
    const { id: messageId } = (await send(id, shipped)).json as Message;
    await expect
      .poll(
        async () =>
          (await world().server.http(`/api/v1/messages/${messageId}`, world().workspace.team.agent))
            .json,
        patient,
      )
      .toMatchObject({ status: 'failed', error: { code: 'whatsapp-132015' } });
  });

  it('is forwarded as the text of its body, where the window is open', async () => {
    const phone = `55119${60_000_000 + ++people}`;
    world().simulator.inbound({ from: phone, text: 'oi' });
    const target = await vi.waitFor(async () => {
      const { rows } = await sql<{ id: string }>`
        select v.id from conversation v join contact_identity i on i.contact_id = v.contact_id
         where i.value = ${phone}`.execute(world().server.deps.db);
      return rows[0]?.id ?? expect.fail('not here yet');
    }, patient);
    const { id } = await aSilentPerson();
    const source = (await send(id, { name: 'retomar_conversa', language: 'es' })).json as Message;
    const answer = await world().server.http(`/api/v1/messages/${source.id}/forward`, {
      ...world().workspace.team.agent,
      method: 'POST',
      body: { conversationIds: [target, id] },
    });
    expect(answer.json).toMatchObject({
      results: [{ status: 'queued' }, { status: 'refused', code: 'window-closed' }],
    });
    await expect
      .poll(() => world().simulator.outbox(phone)[0], patient)
      .toMatchObject({ type: 'text', text: source.text });
  });
});
