import { describe, expect, it } from 'vitest';
import type { OutboundItem } from '../../channel.ts';
import { answerJson } from './testing/graph-server.ts';
import { accepted, itemOf, messageId, sendingToServer } from './testing/send-to-server.ts';

const { graph, send } = sendingToServer();

describe('the request', () => {
  const bodyOf = async (item: OutboundItem): Promise<unknown> => {
    graph().reply(accepted);
    await send({ item });
    return graph().seen.at(-1)?.body;
  };

  it('is a POST to the number with the token', async () => {
    graph().reply(accepted);
    expect(await send()).toEqual({
      kind: 'accepted',
      externalId: 'wamid.NEW',
      resolvedPhone: '551187654321',
    });
    expect(graph().seen).toEqual([
      {
        method: 'POST',
        url: '/v25.0/100000000000001/messages',
        authorization: 'Bearer demo-token',
        contentType: 'application/json',
        body: {
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: '5511987654321',
          type: 'text',
          text: { body: 'oi tudo bem' },
          biz_opaque_callback_data: messageId,
        },
      },
    ]);
  });

  it('names a hidden number by its id', async () => {
    const body = await bodyOf(itemOf({}, { bsuid: 'BR.200' }));
    expect(body).toMatchObject({ recipient: 'BR.200' });
    expect(body).not.toHaveProperty('to');
  });

  it('quotes, and asks for a preview of a link', async () => {
    const text = 'veja https://loja.example/troca';
    expect(await bodyOf(itemOf({ text, replyToExternalId: 'wamid.OLD' }))).toMatchObject({
      text: { body: text, preview_url: true },
      context: { message_id: 'wamid.OLD' },
    });
  });

  it('is a read mark for a read mark', async () => {
    graph().reply(answerJson(200, { success: true }));
    const item = itemOf({ kind: 'read', externalId: 'wamid.IN' });
    expect(await send({ item })).toEqual({ kind: 'accepted', externalId: null });
    expect(graph().seen[0]?.body).toEqual({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.IN',
    });
  });

  it('works with an address that ends in a slash', async () => {
    graph().reply(accepted);
    await send({ graphUrl: `${graph().url}/graph//` });
    expect(graph().seen[0]?.url).toBe('/graph/v25.0/100000000000001/messages');
  });
});

describe('the claim', () => {
  it('that has run out sends nothing and flies', async () => {
    const runOut = () => {
      throw new Error('ran out');
    };
    await expect(send({ take: runOut })).rejects.toThrow('ran out');
    expect(graph().seen).toEqual([]);
  });

  it('is taken once, and not at all when there is no time left', async () => {
    let taken = 0;
    const take = () => {
      taken += 1;
      return itemOf();
    };
    graph().reply(accepted);
    await send({ take });
    expect(taken).toBe(1);
    expect(await send({ take, signal: AbortSignal.abort() })).toEqual({
      kind: 'retry',
      code: 'not-sent-in-time',
      afterMs: 0,
    });
    expect(taken).toBe(1);
    expect(graph().seen).toHaveLength(1);
  });
});

describe('what cannot be sent', () => {
  it('is refused without a request', async () => {
    expect(await send({ accessToken: 'two\nlines' })).toEqual({
      kind: 'refused',
      code: 'whatsapp-190',
    });
    const onlyForMatching = itemOf({}, { parentBsuid: 'BR.ENT.1' });
    expect(await send({ item: onlyForMatching })).toEqual({ kind: 'refused', code: 'no-address' });
    expect(graph().seen).toEqual([]);
  });
});
