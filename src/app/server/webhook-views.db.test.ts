import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as fixtures from '#channels/whatsapp/server/testing/fixtures.ts';
import { ana, type Json, messages } from '#channels/whatsapp/server/testing/messages.ts';
import { contactWithHash, hiddenEcho } from '#channels/whatsapp/server/testing/sheet-rows.ts';
import { newWamid, postSigned } from './testing/signed-webhook.ts';
import { expectSilence } from './testing/silent-log.ts';
import { coverNobody, startTestApp, type TestApp } from './testing/test-app.ts';
import type { TestWorkspace } from './testing/test-workspace.ts';

/** Each row of the API sheet (4.5, 4.7, 5), in by the signed door and out as the screens and programs read it. */
let app: TestApp;
let a: TestWorkspace;

beforeAll(async () => {
  app = await startTestApp();
  a = app.a;
  await coverNobody(app);
});
afterAll(() => app.close());

const post = async (body: Json): Promise<void> => {
  const answer = await postSigned(app.http, JSON.stringify(body), a.number.appSecret);
  expect(answer.status, answer.text).toBe(200);
};

const shown = async (externalId: string): Promise<Json> => {
  const { rows } = await sql<{ id: string }>`
    select id from message where workspace_id = ${a.id} and external_id = ${externalId}`.execute(
    app.deps.db,
  );
  const answer = await app.http(`/api/v1/messages/${rows[0]?.id}`, a.team.agent);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as Json;
};

/** As a file is while nobody has fetched it. */
const file = (mimeType: string, more: Json = {}): Json => ({
  text: null,
  content: null,
  media: expect.objectContaining({ mimeType, fileName: null, isAnimated: false, ...more }),
});
const said = (text: string, more: Json = {}): Json => ({
  text,
  content: null,
  media: null,
  summary: null,
  referral: null,
  isForwarded: false,
  isFrequentlyForwarded: false,
  ...more,
});
const place = { kind: 'location', latitude: -23.55, longitude: -46.63 };
const answered = (text: string | null, content: Json): Json => ({ text, media: null, content });
const odd = (reason: string, type: string | null, code: number | null = null): Json =>
  answered(null, { kind: 'unsupported', reason, type, code });

const product = { kind: 'about-product', productId: 'sku-2', catalogId: '400' };

const views: Readonly<Record<string, Json>> = {
  text: said('Oi, meu pedido chegou errado'),
  emptyText: said(''),
  withoutType: said('sem tipo'),
  image: { ...file('image/jpeg'), text: 'olha isto' },
  video: file('video/mp4'),
  audio: { ...file('audio/ogg; codecs=opus'), type: 'audio' },
  voice: { ...file('audio/ogg; codecs=opus'), type: 'voice' },
  document: {
    ...file('application/pdf', { fileName: 'nota.pdf' }),
    text: 'segue',
    summary: 'nota.pdf',
  },
  sticker: file('image/webp', { isAnimated: true }),
  location: {
    ...answered(null, { ...place, name: 'Praça', address: 'Rua A, 1', url: null }),
    summary: 'Praça',
  },
  locationBare: answered(null, {
    ...place,
    name: null,
    address: null,
    url: 'https://place.example/1',
  }),
  contacts: {
    ...answered(null, {
      kind: 'contacts',
      cards: [
        {
          name: 'Bia Lima',
          organisation: 'Loja',
          phones: [{ phone: '+55 21 99999-0000', whatsAppPhone: '5521999990000', label: 'CELL' }],
          emails: ['bia@example.com'],
          jobTitle: 'Gerente',
          birthday: '1990-01-01',
          urls: ['https://example.com/'],
          addresses: ['Rua B, Recife, 50000-000'],
          isOwnNumber: true,
        },
      ],
    }),
    summary: 'Bia Lima',
  },
  templateButton: answered('Parar', { kind: 'button-reply', isFromTemplate: true }),
  buttonReply: answered('Sim', { kind: 'button-reply', isFromTemplate: false }),
  listReply: answered('Troca', { kind: 'list-reply', description: 'até 30 dias' }),
  flowReply: answered('Sent', {
    kind: 'flow-reply',
    name: 'flow',
    answers: [{ key: 'size', label: 'size', value: 'M' }],
  }),
  callPermission: answered(null, { kind: 'call-permission', answer: 'accept' }),
  callRefused: answered(null, { kind: 'call-permission', answer: 'reject' }),
  order: answered('quero estes', {
    kind: 'order',
    items: [{ productId: 'sku-1', quantity: 2, price: 19.9, currency: 'BRL' }],
    totals: [{ currency: 'BRL', amount: 39.8 }],
  }),
  unsupported: odd('not-handed-on', 'poll_creation', 131_051),
  companion: odd('not-handed-on', null, 131_060),
  unknownType: odd('unknown-type', 'hologram'),
  requestWelcome: answered(null, null as unknown as Json),
  reply: said('sim'),
  forwarded: said('f', { isForwarded: true }),
  frequentlyForwarded: said('ff', { isForwarded: true, isFrequentlyForwarded: true }),
  replyForwarded: said('os dois', { isForwarded: true }),
  hiddenNumber: said('sem número'),
  fromAdvertisement: said('vi o anúncio', {
    referral: {
      sourceType: 'ad',
      sourceUrl: 'https://ad.example/1',
      ...{ headline: 'Promoção', body: 'só hoje', welcomeText: 'Olá', media: 'image' },
    },
  }),
  fromPost: {
    ...file('image/jpeg'),
    referral: {
      sourceType: 'post',
      sourceUrl: 'https://post.example/1',
      ...{ headline: null, body: null, welcomeText: null, media: 'video' },
    },
  },
  aboutProduct: answered('tem no P?', product),
  pictureAboutProduct: { ...file('image/jpeg'), text: 'é este?', content: product },
};

/** Not messages of a thread: they act, or are counted; webhook-kinds.db.test.ts has those. */
const others = [
  ...['reaction', 'reactionGone', 'reactionEmpty', 'edit', 'editCaption', 'revoke', 'ofGroup'],
  ...['numberChanged', 'idChanged', 'legacyNumberChanged', 'identityChanged'],
];

describe('every kind of message, as the API tells it', () => {
  it('is named by this test', () => {
    expect([...Object.keys(views), ...others].sort()).toEqual(Object.keys(messages).sort());
  });

  it.each(Object.entries(views))('%s', async (name, view) => {
    const id = newWamid(ana.phone);
    await post(fixtures.inbound({ ...messages[name], id }));
    expect(await shown(id)).toMatchObject({ direction: 'in', ...view });
  });

  // 4.5: the values seen.
  it.each([
    ...['errors', 'gif', 'group_invite', 'hsm', 'image', 'interactive', 'keep_in_chat', 'list'],
    ...['link_preview', 'location', 'media_placeholder', 'order', 'pin', 'poll_creation'],
    ...['poll_update', 'product', 'reaction', 'edit', 'button'],
  ])('unsupported: %s', async (type) => {
    const id = newWamid(ana.phone);
    await post(fixtures.inbound({ ...messages['unsupported'], id, unsupported: { type } }));
    expect(await shown(id)).toMatchObject({
      type: 'unsupported',
      ...odd('not-handed-on', type, 131_051),
    });
  });

  it('answers, quoting the message it answers', async () => {
    const [asked, answer] = [newWamid(ana.phone), newWamid(ana.phone)];
    await post(fixtures.inbound({ ...messages['text'], id: asked }));
    const context = { from: fixtures.metadata['display_phone_number'], id: asked };
    await post(fixtures.inbound({ ...messages['buttonReply'], id: answer, context }));
    expect(await shown(answer)).toMatchObject({
      replyTo: { text: 'Oi, meu pedido chegou errado' },
    });
  });

  it.each(['image', 'video', 'document'])('an edited caption of %s', async (name) => {
    const id = newWamid(ana.phone);
    await post(fixtures.inbound({ ...messages[name], id }));
    const message = { ...messages[name], [name]: { caption: 'legenda nova' } };
    const edit = { original_message_id: id, message };
    await post(fixtures.inbound({ ...messages['edit'], id: newWamid(ana.phone), edit }));
    expect(await shown(id)).toMatchObject({
      text: 'legenda nova',
      editedAt: expect.any(String),
      media: { mimeType: expect.any(String) },
    });
  });
});

describe('calls', () => {
  it('tell how they ended', async () => {
    await post(fixtures.calls);
    const { rows } = await sql<{ external_id: string }>`
      select external_id from message where workspace_id = ${a.id} and kind = 'call'`.execute(
      app.deps.db,
    );
    const lines = await Promise.all(rows.map((row) => shown(row.external_id)));
    const contents = lines.map(({ direction, content }) => ({ direction, ...(content as Json) }));
    const rings = { kind: 'call', state: 'ringing', outcome: null, durationSeconds: null };
    const ended = { ...rings, state: 'ended', outcome: 'answered', durationSeconds: 42 };
    expect(contents).toHaveLength(2);
    expect(contents).toEqual(
      expect.arrayContaining([
        { ...ended, direction: 'in' },
        { ...rings, direction: 'out' },
      ]),
    );
  });
});

describe('what our own phone app said, and what it said before', () => {
  it('is ours, by its author', async () => {
    await post(fixtures.echoes);
    expect(await shown('wamid.ECHO01')).toMatchObject({
      direction: 'out',
      text: 'corrigido',
      editedAt: expect.any(String),
      author: { kind: 'phone-app' },
    });
  });

  it('is theirs by the id alone when their number is hidden', async () => {
    const id = newWamid(ana.phone);
    const timestamp = String(messages['text']?.['timestamp']);
    const value = { message_echoes: [hiddenEcho(id, timestamp)] };
    await post(fixtures.webhookOf(fixtures.change('smb_message_echoes', value)));
    const told = await shown(id);
    expect(told).toMatchObject({ direction: 'out', type: 'image', text: 'a fachada' });
    const known = await shown('wamid.ECHO01');
    expect(told['conversationId']).toBe(known['conversationId']);
  });

  it('has a place for a file of the past, and the file when it comes', async () => {
    await post(fixtures.history);
    expect(await shown('wamid.H1')).toMatchObject({ direction: 'in', text: 'antiga' });
    expect(await shown('wamid.H2')).toMatchObject({ direction: 'out', status: 'read' });
    expect(await shown('wamid.H4')).toMatchObject({ media: { mimeType: 'video/mp4' } });
  });

  it.each([
    ['SENT', 'sent'],
    ['DELIVERED', 'delivered'],
    ['READ', 'read'],
    ['PLAYED', 'played'],
    ['ERROR', 'failed'],
    ['PENDING', 'sent'],
  ])('history %s is %s', async (status, now) => {
    const id = newWamid(ana.phone);
    const own = {
      from: fixtures.metadata['display_phone_number'],
      to: ana.phone,
      id,
      timestamp: messages['text']?.['timestamp'],
      type: 'text',
      text: { body: 'resposta' },
      history_context: { status },
    };
    const threads = [{ id: ana.phone, messages: [own] }];
    const history = [{ metadata: { phase: 1, chunk_order: 1, progress: 100 }, threads }];
    await post(fixtures.webhookOf(fixtures.change('history', { history })));
    expect(await shown(id)).toMatchObject({ direction: 'out', status: now });
  });
});

describe('a message whose contact comes with the hash of its identity', () => {
  it('is like any other', async () => {
    const id = newWamid(ana.phone);
    const value = { contacts: [contactWithHash], messages: [{ ...messages['text'], id }] };
    await post(fixtures.webhookOf(fixtures.change('messages', value)));
    expect(await shown(id)).toMatchObject({ type: 'text', direction: 'in' });
  });
});

describe('the log of all this', () => {
  it('holds no text, no number and no id of WhatsApp', () => {
    expectSilence(
      app.logLines,
      [a],
      ana.phone,
      ana.bsuid,
      'nota.pdf',
      'Bia Lima',
      'legenda nova',
      'aGFzaA',
    );
  });
});
