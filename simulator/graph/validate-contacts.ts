import type { Card } from '../state/card.ts';
import {
  invalid,
  isObject,
  type Json,
  missing,
  requiredText,
  requireList,
  requireObject,
} from './fields.ts';

const MOST_CONTACTS = 257;

function readCardPerson(item: unknown): { name: string; phones: string[] } {
  const contact = requireObject(item, 'contacts[]');
  const name = requireObject(contact['name'], 'contacts[].name');
  const phones = contact['phones'];
  if (phones !== undefined && !Array.isArray(phones)) throw invalid('contacts[].phones');
  return {
    name: requiredText(name['formatted_name'], "name['formatted_name']", 1_024),
    phones: (phones ?? []).flatMap((phone: unknown) =>
      isObject(phone) && typeof phone['phone'] === 'string' ? [phone['phone']] : [],
    ),
  };
}

export function readContacts(content: unknown): { text: string; card: Card } {
  const contacts = requireList(content, 'contacts', MOST_CONTACTS).map(readCardPerson);
  return { text: contacts.map(({ name }) => name).join(', '), card: { contacts } };
}

function coordinate(content: Json, key: string, most: number): number {
  const value = content[key];
  const number = typeof value === 'string' ? Number(value) : value;
  if (value === undefined || value === '') throw missing(`location.${key}`);
  if (typeof number !== 'number' || !Number.isFinite(number) || Math.abs(number) > most) {
    throw invalid(`location.${key}`);
  }
  return number;
}

export function readLocation(content: Json): { text: string; card: Card } {
  const name = typeof content['name'] === 'string' ? content['name'] : null;
  const address = typeof content['address'] === 'string' ? content['address'] : null;
  const location = {
    latitude: coordinate(content, 'latitude', 90),
    longitude: coordinate(content, 'longitude', 180),
    name,
    address,
  };
  return { text: name ?? 'Localização', card: { location } };
}
