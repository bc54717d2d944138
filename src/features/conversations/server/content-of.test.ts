import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentSchema, linkCardSchema, messageKinds, referralSchema } from '../contract.ts';
import { contentOf, linkCardOf, referralOf } from './content-of.ts';
import { summaryOf } from './summary.ts';

describe('the content of a stored message', () => {
  it('of a place has its point, and only web addresses', () => {
    const place = { latitude: -23.55, longitude: -46.63, name: 'Praça da Sé' };
    expect(contentOf('location', { ...place, url: 'javascript:alert(1)' })).toEqual({
      kind: 'location',
      ...place,
      address: null,
      url: null,
    });
    expect(contentOf('location', { ...place, url: 'https://praca.example/' })).toMatchObject({
      url: 'https://praca.example/',
    });
    expect(contentOf('location', { name: 'sem ponto' })).toBeNull();
    expect(contentOf('location', { latitude: 91, longitude: 0 })).toBeNull();
  });

  it('of a text or a file is the product it asks about, if any', () => {
    for (const kind of ['text', 'image', 'voice'] as const) {
      expect(contentOf(kind, { product: { catalogId: '4', productId: 'sku-2' } })).toEqual({
        kind: 'about-product',
        productId: 'sku-2',
        catalogId: '4',
      });
    }
    expect(contentOf('text', { product: {} })).toBeNull();
    expect(contentOf('text', {})).toBeNull();
  });

  it('of what WhatsApp does not hand on has no type where it named none', () => {
    const told = { reason: 'not-handed-on' };
    expect(contentOf('unsupported', told)).toMatchObject({ type: null, code: null });
    expect(contentOf('unsupported', { ...told, errorCode: 131_060 })).toMatchObject({
      code: 131_060,
    });
    expect(contentOf('unsupported', { ...told, type: 'other' })).toMatchObject({ type: null });
    expect(summaryOf('unsupported', told)).toBe('not-handed-on');
  });

  it('of cards keeps what can be shown of each', () => {
    const cards = [
      {
        name: 'Bia',
        phones: [{ phone: '+55 11 9', whatsAppPhone: '55119' }, {}],
        emails: [{ email: 'bia@loja.example' }, 7],
      },
      'odd',
    ];
    const empty = {
      ...{ name: null, organisation: null, phones: [], emails: [], jobTitle: null },
      ...{ birthday: null, urls: [], addresses: [], isOwnNumber: false },
    };
    expect(contentOf('contacts', { cards })).toEqual({
      kind: 'contacts',
      cards: [
        {
          ...empty,
          name: 'Bia',
          phones: [{ phone: '+55 11 9', whatsAppPhone: '55119', label: null }],
          emails: ['bia@loja.example'],
        },
        empty,
      ],
    });
    expect(summaryOf('contacts', { cards })).toBe('Bia');
  });

  it('of a form has its answers, their fields for reading', () => {
    const answers = [
      { key: 'screen_0_Nome_completo_1', value: 'Ana' },
      { key: 'news', value: true },
      { value: 'solto' },
      { key: 'odd', value: 3 },
    ];
    expect(contentOf('flow-reply', { name: 'flow', answers })).toEqual({
      kind: 'flow-reply',
      name: 'flow',
      answers: [
        { key: 'screen_0_Nome_completo_1', label: 'Nome completo', value: 'Ana' },
        { key: 'news', label: 'news', value: true },
        { key: null, label: null, value: 'solto' },
      ],
    });
  });

  it('of an order sums up by currency, and not at all when something is missing', () => {
    const item = { productId: 'a', quantity: 3, price: 0.1, currency: 'BRL' };
    expect(contentOf('order', { items: [item, item] })).toMatchObject({
      totals: [{ currency: 'BRL', amount: 0.6 }],
    });
    expect(contentOf('order', { items: [item, { productId: 'b' }] })).toMatchObject({
      totals: null,
    });
  });

  it.each([
    [{ event: 'connect' }, 'ringing', null],
    [{ event: 'accepted', accepted: true }, 'under-way', null],
    [{ event: 'terminate', callStatus: 'completed', durationSeconds: 61 }, 'ended', 'answered'],
    [{ event: 'terminate', callStatus: 'failed' }, 'ended', 'missed'],
    [{ event: 'terminate', callStatus: 'failed', rejected: true }, 'ended', 'rejected'],
  ])('of a call tells how far it is and how it ended: %o', (payload, state, outcome) => {
    expect(contentOf('call', payload)).toMatchObject({ kind: 'call', state, outcome });
  });

  it('of an advertisement and of a link has web addresses only', () => {
    expect(referralOf({ referral: { headline: 'Oferta', sourceUrl: 'data:text/html,x' } })).toEqual(
      {
        ...{ headline: 'Oferta', sourceUrl: null, sourceType: null, body: null },
        ...{ welcomeText: null, media: null },
      },
    );
    const asked = {
      mediaType: 'video',
      welcomeText: 'Olá!',
      videoUrl: 'https://cdn.example/1.mp4',
    };
    const shown = referralOf({ referral: asked });
    expect(shown).toMatchObject({ welcomeText: 'Olá!', media: 'video' });
    expect(JSON.stringify(shown)).not.toContain('cdn.example');
    expect(referralOf({})).toBeNull();
    expect(linkCardOf({ linkCard: { url: 'javascript:alert(1)', title: 'Oi' } })).toBeNull();
  });

  it('is null or as declared, whatever is stored', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const keys = fc.constantFrom(
      ...['cards', 'items', 'sections', 'rows', 'buttons', 'phones', 'type', 'referral'],
      ...['answers', 'value', 'key', 'addresses', 'urls', 'errorCode', 'product'],
      ...['latitude', 'longitude', 'name', 'url', 'linkCard', 'price', 'quantity', 'event'],
    );
    const payload = fc.oneof(odd, fc.dictionary(keys, odd));
    fc.assert(
      fc.property(fc.constantFrom(...messageKinds), payload, (kind, stored) => {
        contentSchema.nullable().parse(contentOf(kind, stored));
        referralSchema.nullable().parse(referralOf(stored));
        linkCardSchema.nullable().parse(linkCardOf(stored));
      }),
      { numRuns: 2_000 },
    );
  });
});
