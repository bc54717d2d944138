import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { MessageContent } from '#channels/channel.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { indexJobs } from './index-messages.job.ts';
import { type MessageSearch, searchMessages } from './message-search-queries.ts';
import { aStage } from './testing/stage.ts';
import { anAction, aPhone, aText, aThread, receive } from './testing.ts';

const stage = aStage();

const phone = aPhone();

const get = async (content: MessageContent, from = phone): Promise<string> => {
  const item = aText(stage.place, { phone: from }, { content });
  await receive(stage.deps, item);
  return item.externalId;
};
const say = (text: string, from = phone) => get({ kind: 'text', text }, from);

const index = async () => {
  await indexJobs[0]?.runUnparsed({}, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
};

const find = async (
  query: string,
  { as = stage.agent, ...more }: Partial<MessageSearch> & { as?: Actor } = {},
): Promise<string[]> => {
  await index();
  const { items } = await searchMessages(stage.deps.db, as, { query, limit: 20, ...more });
  return items.map(({ excerpt }) => excerpt.map(({ text }) => text).join(''));
};

describe('making the words', () => {
  it('waits for nobody who holds a message, and comes back to it', async () => {
    const [first, second] = [await say('caderno'), await say('estojo')];
    const lock = 'select 1 from message where external_id = $1 for update';
    const client = await stage.deps.pool.connect();
    try {
      await client.query('begin');
      await client.query(lock, [second]);
      // In the other order than the words are made in: one of the two would have to give way.
      const indexing = index();
      await client.query(lock, [first]);
      await indexing;
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(await find('estojo')).toEqual(['estojo']);
    expect(await find('caderno')).toEqual(['caderno']);
  });
});

describe('searching messages', () => {
  it.each([
    ['As informações chegaram', 'informacao'],
    ['As informações chegaram', 'INFORMAÇÃO'],
    ['Minha informação', 'informacoes'],
    ['Quando são as entregas?', 'entrega'],
    ['Quando são as entregas?', 'entr'],
    ['Estou pagando os boletos', 'pagar boleto'],
    ['O código é BR-1234/x', '1234'],
    ['Пишу по-русски', 'русски'],
  ])('finds "%s" by "%s"', async (text, typed) => {
    await say(text);
    await say('outra coisa');
    expect(await find(typed)).toEqual([text]);
  });

  it('wants all words, and takes no operators', async () => {
    await say('um boleto');
    expect(await find('boleto vencido')).toEqual([]);
    for (const odd of ["'", '!', 'a | b', '&', ':*', "boleto' | 'x", '\\', '<->', '(', '""']) {
      await find(odd);
    }
    expect(await find("boleto'")).toEqual(['um boleto']);
  });

  it('finds captions, file names, places and cards', async () => {
    // Of a stranger it would be covered.
    await receive(stage.deps, aText(stage.place, { phone }, { direction: 'out' }));
    const file = { mediaId: '1', mimeType: 'application/pdf', fileName: 'orçamento-março.pdf' };
    await get({ kind: 'document', text: 'segue', payload: file });
    await get({
      kind: 'location',
      payload: { latitude: 1, longitude: 2, name: 'Padaria Aurora', address: 'Rua das Flores, 7' },
    });
    await get({ kind: 'contacts', payload: { cards: [{ name: 'Conceição Lima' }] } });
    expect(await find('orcamento')).toHaveLength(1);
    expect(await find('aurora')).toHaveLength(1);
    expect(await find('flores 7')).toHaveLength(1);
    expect(await find('conceicao')).toEqual(['Conceição Lima']);
  });

  it.each<[string, Partial<MessageContent>, string]>([
    ['a header', { payload: { type: 'button', header: 'Cardápio', buttons: [] } }, 'cardapio'],
    ['a footer', { payload: { type: 'list', footer: 'Até domingo' } }, 'domingo'],
    ['a button', { payload: { type: 'button', buttons: [{ title: 'Remarcar' }] } }, 'remarcar'],
    [
      'a row of a list',
      {
        payload: { sections: [{ title: 'A', rows: [{ title: 'Trocas', description: 'grátis' }] }] },
      },
      'trocas gratis',
    ],
    ['an advertisement', { kind: 'text', payload: { referral: { body: 'Só hoje' } } }, 'hoje'],
    [
      'a form',
      { kind: 'flow-reply', payload: { answers: [{ value: 'linha\numa' }] } },
      'uma linha',
    ],
    ['an order', { kind: 'order', payload: { items: [{ productId: 'CAFE-250' }] } }, 'cafe 250'],
    ['a product', { kind: 'image', payload: { product: { productId: 'sku-2' } } }, 'sku-2'],
  ])('finds what stands in %s', async (_, content, typed) => {
    // Of a stranger a picture would be covered, and what came with it.
    await receive(stage.deps, aText(stage.place, { phone }, { direction: 'out' }));
    await get({ kind: 'interactive', ...content });
    await get({ kind: 'interactive', payload: { type: 'button', buttons: [{ title: 'Outro' }] } });
    expect(await find(typed)).toHaveLength(1);
  });

  it.each(['21999990000', '+55 (21) 99999-0000', '5521999990000', '21 99999'])(
    'finds a card by its number, typed as %s',
    async (typed) => {
      const phones = [{ phone: '+55 21 99999-0000', whatsAppPhone: '5521999990000' }];
      await get({ kind: 'contacts', payload: { cards: [{ name: 'Bia', phones }] } });
      await say('ligue para mim');
      expect(await find(typed)).toHaveLength(1);
    },
  );

  it('goes on after a page, newest first, and stays within one conversation', async () => {
    for (let n = 0; n < 5; n += 1) {
      await say(`pedido ${n}`);
    }
    const other = aPhone();
    await say('pedido de outra pessoa', other);
    await index();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchMessages(stage.deps.db, stage.agent, {
        query: 'pedido',
        limit: 2,
        cursor,
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(6);
    const { conversationId } = await aThread(stage.deps, stage.place, { phone: other });
    expect(await find('pedido', { conversationId })).toEqual(['pedido de outra pessoa']);
  });

  it('finds nothing that was taken back, and the text as it was edited', async () => {
    const taken = await say('segredo');
    const edited = await say('rascunho');
    expect(await find('segredo')).toEqual(['segredo']);
    await receive(stage.deps, anAction(stage.place, { phone }, taken, { kind: 'revoke' }));
    await receive(
      stage.deps,
      anAction(stage.place, { phone }, edited, { kind: 'edit', text: 'texto definitivo' }),
    );
    expect(await find('segredo')).toEqual([]);
    expect(await find('rascunho')).toEqual([]);
    expect(await find('definitivo')).toEqual(['texto definitivo']);
  });

  it('leaves no words of what was taken back before they were made', async () => {
    const taken = await say('segredo');
    await receive(stage.deps, anAction(stage.place, { phone }, taken, { kind: 'revoke' }));
    await index();
    const { rows } = await sql`select 1 from message_search s join message m on m.id = s.message_id
      where m.external_id = ${taken}`.execute(stage.deps.db);
    expect(rows).toEqual([]);
  });

  it('finds what a blocked person wrote for those alone who may see the conversation', async () => {
    const { contactId } = await aThread(stage.deps, stage.place, { phone });
    await say('ofensa');
    await index();
    await block(stage.deps, stage.admin, contactId);
    expect(await find('ofensa')).toEqual([]);
    expect(await find('ofensa', { as: { ...stage.agent, kind: 'api-key' } })).toEqual([]);
    const { items } = await searchMessages(stage.deps.db, stage.admin, {
      query: 'ofensa',
      limit: 20,
    });
    expect(items).toMatchObject([{ contactId, isBlocked: true }]);
    await unblock(stage.deps, stage.admin, contactId);
    expect(await find('ofensa')).toEqual(['ofensa']);
  });

  it('finds nothing of another workspace', async () => {
    await say('confidencial');
    const stranger = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    const { conversationId } = await aThread(stage.deps, stage.place, { phone });
    expect(await find('confidencial', { as: stranger })).toEqual([]);
    expect(await find('confidencial', { as: stranger, conversationId })).toEqual([]);
  });

  it('looks words up by their index', async () => {
    const { conversationId, contactId } = await aThread(stage.deps, stage.place, { phone });
    await sql`insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
      select ${stage.place.workspaceId}, gen_random_uuid(), ${conversationId}, ${contactId}, ${stage.place.channelId}, 'out', 'text',
             'mensagem ' || md5(n::text), 'sent', clock_timestamp() from generate_series(1, 5000) n`.execute(
      stage.deps.db,
    );
    await sql`insert into message_search (workspace_id, message_id, words)
      select workspace_id, id, message_words(text, payload) from message where workspace_id = ${stage.place.workspaceId}
      on conflict do nothing`.execute(stage.deps.db);
    await sql`vacuum analyze message_search`.execute(stage.deps.db);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain
      select s.message_id from message_search s where s.workspace_id = ${stage.place.workspaceId}
         and s.words @@ to_tsquery('pg_catalog.portuguese', 'boleto')`.execute(stage.deps.db);
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('message_search_words');
  });
});
