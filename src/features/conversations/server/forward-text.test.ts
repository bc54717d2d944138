import { describe, expect, it } from 'vitest';
import { textToForward } from './forward-text.ts';

describe('what is sent on in words', () => {
  it.each([
    ['text', 'oi', {}, 'oi'],
    ['template', 'Olá, Ana', { name: 'ola' }, 'Olá, Ana'],
    ['button-reply', 'Sim', {}, 'Sim'],
    ['list-reply', 'Trocas', { description: 'até 30 dias' }, 'Trocas\naté 30 dias'],
    [
      'flow-reply',
      'Sent',
      {
        answers: [
          { key: 'screen_0_Nome_1', value: 'Ana' },
          { key: 'news', value: true },
        ],
      },
      'Nome: Ana\nnews: ✓',
    ],
    ['flow-reply', 'Sent', {}, 'Sent'],
    [
      'interactive',
      'Escolha',
      { type: 'button', header: 'Loja', footer: 'Até já', buttons: [{ title: 'Sim' }] },
      'Loja\nEscolha\nAté já\n• Sim',
    ],
    [
      'interactive',
      'Escolha',
      {
        type: 'list',
        button: 'Ver',
        sections: [{ title: 'A', rows: [{ title: 'Um', description: 'x' }, { title: 'Dois' }] }],
      },
      'Escolha\nA\n• Um – x\n• Dois',
    ],
    [
      'order',
      'quero estes',
      { items: [{ productId: 'sku-1', quantity: 2, price: 19.9, currency: 'BRL' }, {}] },
      'quero estes\n• 2 × sku-1 – 19.9 BRL\n• —',
    ],
    ['interactive', null, { type: 'call-permission', answer: 'accept' }, null],
    ['call', null, { event: 'terminate' }, null],
    ['unsupported', null, { type: 'poll_creation' }, null],
    ['request-welcome', null, {}, null],
  ] as const)('%s, %s', (kind, text, payload, expected) => {
    expect(textToForward(kind, text, payload)).toBe(expected);
  });
});
