import { describe, expect, it } from 'vitest';
import { messageLimits, sendMessageSchema } from '../contract.ts';

describe('what WhatsApp does not take is named by a word that stays', () => {
  const button = (title: string, id = title) => ({ id, title });
  const row = (id: string, title = id) => ({ id, title });
  const list = { type: 'list', text: 'Escolha', button: 'Ver' };
  const cards = (count: number) =>
    Array.from({ length: count }, () => ({ name: 'Bia', phones: [{ phone: '1' }] }));
  it.each<[limit: string, path: string, body: object]>([
    ['empty', '/text', { type: 'text', text: ' ' }],
    ['too-long', '/text', { type: 'text', text: 'x'.repeat(4097) }],
    ['off-the-map', '/latitude', { type: 'location', latitude: 91, longitude: 0 }],
    ['too-many', '/cards', { type: 'contacts', cards: cards(258) }],
    ['too-few', '/cards/0/phones', { type: 'contacts', cards: [{ name: 'Bia', phones: [] }] }],
    [
      'too-long',
      '/buttons/0/title',
      { type: 'buttons', text: 'Sim?', buttons: [button('x'.repeat(21))] },
    ],
    [
      'doubled-title',
      '/buttons',
      { type: 'buttons', text: 'Sim?', buttons: [button('Sim', '1'), button('Sim', '2')] },
    ],
    [
      'too-many',
      '/buttons',
      { type: 'buttons', text: 'Sim?', buttons: ['1', '2', '3', '4'].map((id) => button(id)) },
    ],
    ['doubled-id', '/sections', { ...list, sections: [{ rows: [row('1'), row('1', 'outra')] }] }],
    [
      'section-title-missing',
      '/sections',
      { ...list, sections: [{ rows: [row('1')] }, { rows: [row('2')] }] },
    ],
    [
      'too-many-rows',
      '/sections',
      {
        ...list,
        sections: ['a', 'b'].map((title) => ({
          title,
          rows: ['1', '2', '3', '4', '5', '6'].map((n) => row(title + n)),
        })),
      },
    ],
  ])('%s at %s', (message, path, body) => {
    const told = sendMessageSchema.safeParse(body).error?.issues ?? [];
    expect(told.map((issue) => [issue.message, `/${issue.path.join('/')}`])).toEqual([
      [message, path],
    ]);
    expect(messageLimits).toContain(message);
  });
});
