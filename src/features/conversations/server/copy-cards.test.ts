import { describe, expect, it } from 'vitest';
import { structuredCopy } from './structured.ts';

const copyOf = (...cards: readonly unknown[]) =>
  structuredCopy('contacts', { cards })?.payload['cards'];

describe('a card that is sent on', () => {
  it('says all that it said, but for what WhatsApp would refuse and that it was the sender’s own', () => {
    const card = {
      name: 'Bia Lima',
      organisation: 'Loja',
      jobTitle: 'Gerente',
      birthday: '1990-01-31',
      phones: [{ phone: '+55 11 9', whatsAppPhone: '55119', label: 'CELL' }],
      emails: [{ email: 'bia@loja.example', label: 'WORK' }],
      urls: [{ url: 'https://loja.example', label: 'WORK' }],
      addresses: [
        { street: 'Rua A, 1', city: 'São Paulo', postalCode: '01000-000', label: 'HOME' },
      ],
    };
    expect(copyOf({ ...card, isOwnNumber: true })).toEqual([card]);
    const odd = {
      birthday: '31/01',
      urls: [{ url: 'javascript:1' }],
      addresses: [{ label: 'HOME' }],
    };
    expect(copyOf({ name: 'Bia', ...odd })).toEqual([
      { name: 'Bia', phones: [], emails: [], urls: [], addresses: [] },
    ]);
  });

  it('without a name is called by what else tells whose it is, and none of a set is lost', () => {
    const names = copyOf(
      { phones: [{ phone: '+55 11 9' }] },
      { phones: [{ whatsAppPhone: '55119' }] },
      { organisation: 'Loja' },
      { emails: [{ email: 'bia@loja.example' }] },
      {},
    );
    expect(names).toMatchObject([
      { name: '+55 11 9' },
      { name: '55119', phones: [{ phone: '55119', whatsAppPhone: '55119' }] },
      { name: 'Loja' },
      { name: 'bia@loja.example' },
    ]);
    expect(structuredCopy('contacts', { cards: [{}] })).toBeUndefined();
  });
});
