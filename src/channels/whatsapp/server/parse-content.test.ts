import { describe, expect, it } from 'vitest';
import { inbound } from './testing/fixtures.ts';
import { ana, at, messageOf, messages } from './testing/messages.ts';
import { channel, onlyItemOf, onlyMessageOf } from './testing/read-items.ts';

const content = (name: string) => onlyMessageOf(inbound(messages[name])).content;
const media = {
  mediaId: '300000000000001',
  mimeType: 'image/jpeg',
  sha256: 'c2hhLWludmVudGVk',
};

describe('a message of each type', () => {
  it('reads a text whole', () => {
    expect(onlyItemOf(inbound(messages['text']))).toEqual({
      type: 'message',
      ...channel,
      externalId: 'wamid.INVENTED0001',
      timestamp: at,
      direction: 'in',
      person: { phone: ana.phone, bsuid: ana.bsuid, parentBsuid: ana.parentBsuid },
      names: { profileName: 'Ana Souza', username: 'ana.souza' },
      content: { kind: 'text', text: 'Oi, meu pedido chegou errado' },
      isHistory: false,
    });
  });

  it.each([
    ['emptyText', { kind: 'text', text: '' }],
    ['withoutType', { kind: 'text', text: 'sem tipo' }],
    ['image', { kind: 'image', text: 'olha isto', payload: media }],
    ['video', { kind: 'video', payload: { ...media, mimeType: 'video/mp4' } }],
    ['audio', { kind: 'audio', payload: { ...media, mimeType: 'audio/ogg; codecs=opus' } }],
    ['voice', { kind: 'voice', payload: { ...media, mimeType: 'audio/ogg; codecs=opus' } }],
    [
      'document',
      {
        kind: 'document',
        text: 'segue',
        payload: { ...media, mimeType: 'application/pdf', fileName: 'nota.pdf' },
      },
    ],
    [
      'sticker',
      { kind: 'sticker', payload: { ...media, mimeType: 'image/webp', isAnimated: true } },
    ],
    [
      'location',
      {
        kind: 'location',
        payload: { latitude: -23.55, longitude: -46.63, name: 'Praça', address: 'Rua A, 1' },
      },
    ],
    [
      'templateButton',
      {
        kind: 'button-reply',
        text: 'Parar',
        payload: { id: 'STOP', isFromTemplate: true },
        replyToExternalId: 'wamid.OURS01',
      },
    ],
    [
      'buttonReply',
      {
        kind: 'button-reply',
        text: 'Sim',
        payload: { id: 'yes' },
        replyToExternalId: 'wamid.OURS01',
      },
    ],
    [
      'listReply',
      {
        kind: 'list-reply',
        text: 'Troca',
        payload: { id: '1', description: 'até 30 dias' },
        replyToExternalId: 'wamid.OURS01',
      },
    ],
    [
      'flowReply',
      {
        kind: 'flow-reply',
        text: 'Sent',
        payload: { name: 'flow', answers: [{ key: 'size', value: 'M' }] },
        replyToExternalId: 'wamid.OURS01',
      },
    ],
    [
      'callPermission',
      {
        kind: 'interactive',
        payload: { type: 'call-permission', answer: 'accept', expiresAt: 1_794_000_000 },
        replyToExternalId: 'wamid.OURS01',
      },
    ],
    [
      'order',
      {
        kind: 'order',
        text: 'quero estes',
        payload: {
          catalogId: '400000000000001',
          items: [{ productId: 'sku-1', quantity: 2, price: 19.9, currency: 'BRL' }],
        },
      },
    ],
    [
      'unsupported',
      {
        kind: 'unsupported',
        payload: { reason: 'not-handed-on', type: 'poll_creation', errorCode: 131_051 },
      },
    ],
    [
      'companion',
      { kind: 'unsupported', payload: { reason: 'not-handed-on', errorCode: 131_060 } },
    ],
    ['unknownType', { kind: 'unsupported', payload: { reason: 'unknown-type', type: 'hologram' } }],
    ['requestWelcome', { kind: 'request-welcome' }],
    ['reply', { kind: 'text', text: 'sim', replyToExternalId: 'wamid.OURS01' }],
    ['forwarded', { kind: 'text', text: 'f', isForwarded: true }],
    [
      'frequentlyForwarded',
      { kind: 'text', text: 'ff', isForwarded: true, isFrequentlyForwarded: true },
    ],
    [
      'fromAdvertisement',
      {
        kind: 'text',
        text: 'vi o anúncio',
        payload: {
          referral: {
            sourceUrl: 'https://ad.example/1',
            sourceId: '500',
            sourceType: 'ad',
            headline: 'Promoção',
            body: 'só hoje',
            mediaType: 'image',
            imageUrl: 'https://ad.example/1.jpg',
            clickId: 'click-1',
            welcomeText: 'Olá',
          },
        },
      },
    ],
    [
      'aboutProduct',
      {
        kind: 'text',
        text: 'tem no P?',
        payload: { product: { catalogId: '400', productId: 'sku-2' } },
        replyToExternalId: 'wamid.OURS01',
      },
    ],
  ])('%s', (name, expected) => {
    expect(content(name)).toEqual(expected);
  });

  it('keeps of a card what a card shows', () => {
    expect(content('contacts')).toEqual({
      kind: 'contacts',
      payload: {
        cards: [
          {
            name: 'Bia Lima',
            phones: [{ phone: '+55 21 99999-0000', whatsAppPhone: '5521999990000', label: 'CELL' }],
            emails: [{ email: 'bia@example.com', label: 'WORK' }],
            addresses: [{ street: 'Rua B', city: 'Recife', postalCode: '50000-000' }],
            organisation: 'Loja',
            jobTitle: 'Gerente',
            birthday: '1990-01-01',
            urls: [{ url: 'https://example.com' }],
            isOwnNumber: true,
          },
        ],
      },
    });
  });

  it('reads from the vCard what a card leaves out', () => {
    const vcard = [
      ...['BEGIN:VCARD', 'VERSION:3.0', 'FN:Bia\\, a do bolo', 'ORG:Loja;Vendas', 'TITLE:Dona'],
      ...['item1.TEL;type=CELL;waid=5521999990000:+55 21 99999-0000', 'EMAIL:bia@exam', ' ple.com'],
      ...['ADR;TYPE=HOME:;;Rua B\\, 7;Recife;PE;50000-000;Brasil', 'BDAY:1990-01-01', 'PHOTO:AAAA'],
      ...['URL:https://example.com', 'END:VCARD'],
    ].join('\r\n');
    const cardsOf = (card: object) =>
      onlyMessageOf(inbound(messageOf({ type: 'contacts', contacts: [{ vcard, ...card }] })))
        .content.payload?.['cards'];
    const phones = [{ phone: '+55 21 99999-0000', whatsAppPhone: '5521999990000', label: 'CELL' }];
    expect(cardsOf({ name: { formatted_name: 'Beatriz' }, phones: [], emails: 7 })).toEqual([
      {
        name: 'Beatriz',
        organisation: 'Loja',
        jobTitle: 'Dona',
        birthday: '1990-01-01',
        phones,
        emails: [{ email: 'bia@example.com' }],
        urls: [{ url: 'https://example.com' }],
        addresses: [
          {
            ...{ street: 'Rua B, 7', city: 'Recife', state: 'PE', postalCode: '50000-000' },
            ...{ country: 'Brasil', label: 'HOME' },
          },
        ],
      },
    ]);
    expect(cardsOf({ phones: [{ phone: '+55 11 1' }] })).toMatchObject([
      { name: 'Bia, a do bolo', phones: [{ phone: '+55 11 1' }] },
    ]);
    expect(cardsOf({ vcard: 'FN\n:;;;:\nTEL' })).toEqual([
      { phones: [], emails: [], urls: [], addresses: [] },
    ]);
  });

  it('says of a known type without its object that it is malformed', () => {
    for (const type of ['text', 'image', 'contacts', 'interactive', 'order']) {
      expect(onlyMessageOf(inbound(messageOf({ type, [type]: 'odd' }))).content).toEqual({
        kind: 'unsupported',
        payload: { reason: 'malformed', type },
      });
    }
  });

  it.each([{ image: {} }, {}])('knows a file that was too large by its error: %o', (part) => {
    const body = inbound(messageOf({ type: 'image', ...part, errors: [{ code: 131_052 }] }));
    expect(onlyMessageOf(body).content).toEqual({
      kind: 'image',
      payload: { errorCode: 131_052, isTooLarge: true },
    });
  });
});
