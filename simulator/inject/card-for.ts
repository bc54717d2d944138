import type { Card } from '../state/card.ts';
import type { Attached } from './attach-file.ts';
import type { InboundSpec } from './inbound-spec.ts';

type Json = Record<string, unknown>;

function locationOf({ latitude, longitude, title, address }: InboundSpec): Card {
  const location = {
    latitude: latitude ?? -23.5505,
    longitude: longitude ?? -46.6333,
    name: title ?? null,
    address: address ?? null,
  };
  return { location };
}

function nameOf(contact: Json): string {
  const name = contact['name'] as Json | undefined;
  return String(name?.['formatted_name'] ?? 'Contato');
}

function phonesOf(contact: Json): string[] {
  const phones = contact['phones'];
  return Array.isArray(phones) ? phones.map((phone: Json) => String(phone['phone'] ?? '')) : [];
}

function contactsOf({ contacts }: InboundSpec): Card {
  if (contacts === undefined) {
    return { contacts: [{ name: 'Oficina do Beto', phones: ['+55 11 3333-4444'] }] };
  }
  return { contacts: contacts.map((one) => ({ name: nameOf(one), phones: phonesOf(one) })) };
}

function priceText(amount: number, currency: string): string {
  const shown = amount.toFixed(2).replace('.', ',');
  return currency === 'BRL' ? `R$ ${shown}` : `${shown} ${currency}`.trim();
}

function orderOf({ order }: InboundSpec): Card {
  const items = order?.['product_items'];
  if (!Array.isArray(items))
    return { order: [{ name: 'CAFE-250', quantity: 2, price: priceText(24.9, 'BRL') }] };
  return {
    order: items.map((item: Json) => ({
      name: String(item['product_retailer_id'] ?? ''),
      quantity: Number(item['quantity'] ?? 1),
      price: priceText(Number(item['item_price'] ?? 0), String(item['currency'] ?? '')),
    })),
  };
}

function mediaOf(file: Attached): Card {
  const { id, kind, mimeType, fileName, size, isVoice, media } = file;
  return {
    media: { id: media === null ? null : id, link: null, kind, mimeType, fileName, size, isVoice },
  };
}

/** What the sender's own phone shows beside the text. */
export function cardFor(spec: InboundSpec, file: Attached | null): Card {
  const type = spec.type === 'echo' ? spec.kind : spec.type;
  return {
    ...(file === null ? {} : mediaOf(file)),
    ...(type === 'location' ? locationOf(spec) : {}),
    ...(type === 'contacts' ? contactsOf(spec) : {}),
    ...(type === 'order' ? orderOf(spec) : {}),
    ...(spec.forwarded === undefined ? {} : { forwarded: spec.forwarded }),
    ...(spec.referral === undefined ? {} : { header: 'Veio de um anúncio' }),
  };
}
