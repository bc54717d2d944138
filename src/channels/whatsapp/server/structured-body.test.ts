import { describe, expect, it } from 'vitest';
import type { OutboundItem } from '../../channel.ts';
import { requestBody } from './request-body.ts';

const bodyOf = (content: OutboundItem['content']) =>
  requestBody({
    workspaceId: 'w',
    channelId: 'c',
    to: { phone: '5511912345678' },
    messageId: 'm',
    content,
  });

describe('the request of', () => {
  it('a place', () => {
    const payload = { latitude: -23.5, longitude: -46.6, name: 'Sé', address: undefined };
    expect(bodyOf({ kind: 'location', text: '', payload })).toMatchObject({
      type: 'location',
      location: { latitude: -23.5, longitude: -46.6, name: 'Sé' },
    });
  });

  it('cards', () => {
    const card = {
      name: 'Bia Lima',
      organisation: 'Loja',
      jobTitle: 'Gerente',
      birthday: '1990-01-31',
      phones: [{ phone: '+55 11 9', whatsAppPhone: '55119', label: null }],
      emails: [{ email: 'bia@loja.example', label: 'WORK' }],
      urls: [{ url: 'https://loja.example' }],
      addresses: [{ street: 'Rua A, 1', postalCode: '01000-000', label: 'HOME' }, {}],
    };
    expect(bodyOf({ kind: 'contacts', text: '', payload: { cards: [card] } })).toMatchObject({
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Bia Lima', first_name: 'Bia Lima' },
          phones: [{ phone: '+55 11 9', wa_id: '55119' }],
          emails: [{ email: 'bia@loja.example', type: 'WORK' }],
          org: { company: 'Loja', title: 'Gerente' },
          birthday: '1990-01-31',
          urls: [{ url: 'https://loja.example' }],
          addresses: [{ street: 'Rua A, 1', zip: '01000-000', type: 'HOME' }],
        },
      ],
    });
  });

  it('buttons and a list', () => {
    const buttons = { type: 'button', header: 'Oi', buttons: [{ id: 's', title: 'Sim' }] };
    expect(
      bodyOf({ kind: 'interactive', text: 'Confirma?', payload: buttons, replyToExternalId: 'q' }),
    ).toMatchObject({
      context: { message_id: 'q' },
      interactive: {
        type: 'button',
        header: { type: 'text', text: 'Oi' },
        body: { text: 'Confirma?' },
        action: { buttons: [{ type: 'reply', reply: { id: 's', title: 'Sim' } }] },
      },
    });
    const sections = [{ rows: [{ id: '9', title: '9 h' }] }];
    const list = { type: 'list', footer: 'Loja', button: 'Ver', sections };
    expect(bodyOf({ kind: 'interactive', text: 'Escolha', payload: list })).toMatchObject({
      interactive: { type: 'list', footer: { text: 'Loja' }, action: { button: 'Ver', sections } },
    });
  });

  it('a reaction, which carries no context', () => {
    const body = bodyOf({ kind: 'reaction', emoji: null, replyToExternalId: 'wamid.1' });
    expect(body).toMatchObject({ reaction: { message_id: 'wamid.1', emoji: '' } });
    expect(body).not.toHaveProperty('context');
  });
});
