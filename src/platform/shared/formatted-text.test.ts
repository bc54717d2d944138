import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, plainWords, readFormatted } from './formatted-text.ts';

const signs = { bold: 'b', italic: 'i', strike: 's', link: 'a', code: 'c', mono: 'm', text: '' };

const drawn = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      const within = 'parts' in part ? drawn(part.parts) : part.text;
      return part.kind === 'text' ? within : `<${signs[part.kind]}>${within}</>`;
    })
    .join('');

const drawBlock = ({ kind, lines }: Block): string => {
  const shown = lines.map(({ number = '', parts }) => `${number}${drawn(parts)}`).join('|');
  return kind === 'plain' ? shown : `${kind}[${shown}]`;
};

/** Lines and items are kept apart by `|`. */
const draw = (text: string): string => readFormatted(text).map(drawBlock).join('|');

const rows = (table: Readonly<Record<string, string>>) => Object.entries(table);

describe('what WhatsApp formats', () => {
  it.each(
    rows({
      '*pago*': '<b>pago</>',
      'o _meu_ pedido': 'o <i>meu</> pedido',
      '~R$ 10~ R$ 8': '<s>R$ 10</> R$ 8',
      '*_~tudo~_*': '<b><i><s>tudo</></></>',
      '(*já*), *sim*!': '(<b>já</>), <b>sim</>!',
      '*a*b*': '<b>a*b</>',
      '**dois**': '*<b>dois</>*',
      'use `*isto*` aqui': 'use <c>*isto*</> aqui',
      '```um\n- dois\n```': '<m>um\n- dois\n</>',
      'antes ```*x*``` depois': 'antes <m>*x*</> depois',
      'é 🙏*assim*🙏': 'é 🙏<b>assim</>🙏',
    }),
  )('%s', (text, shown) => {
    expect(draw(text)).toBe(shown);
  });

  it.each(
    rows({
      '> cite\n> de novo\nfim': 'quote[cite|de novo]|fim',
      'Lista:\n- um\n* *dois*\n\nfim': 'Lista:|bullets[um|<b>dois</>]||fim',
      '1. um\n2. dois\n10. dez': 'numbers[1um|2dois|10dez]',
    }),
  )('%s', (text, shown) => {
    expect(draw(text)).toBe(shown);
  });

  it.each([
    ...[
      '2*3*4',
      'snake_case_de_novo',
      '* ',
      '*',
      '**',
      '*****',
      '______',
      'a * b * c',
      '~10 ou ~20',
    ],
    ...[
      '*sem fim',
      'quebra *no\nmeio*',
      '``` ```',
      '` `',
      '>sem espaço',
      '-1 grau',
      '10.000 reais',
    ],
    ...['droga*', '> ', '- ', '1. '],
  ])('leaves %j as it is', (text) => {
    expect(draw(text)).toBe(text.replaceAll('\n', '|'));
    expect(plainWords(text)).toBe(text);
  });

  it('gives up a sign that another one closes over', () => {
    expect(draw('*a _b* c_')).toBe('<b>a _b</> c_');
  });
});

describe('web addresses', () => {
  it.each(
    rows({
      'Veja https://loja.example/p/1?cor=azul. Obrigado!':
        'Veja <a>https://loja.example/p/1?cor=azul</>. Obrigado!',
      'https://x.example/a_b_c_ d_': '<a>https://x.example/a_b_c_</> d_',
      '*Veja https://x.example/a_b*': '<b>Veja <a>https://x.example/a_b</></>',
      '_https://x.example/_a_': '<i><a>https://x.example/_a</></>',
      '- https://x.example/*a*': 'bullets[<a>https://x.example/*a*</>]',
      'a (https://x.example/y) b https://z.example, c':
        'a (<a>https://x.example/y</>) b <a>https://z.example</>, c',
      'javascript:alert(1) data:text/html,oi': 'javascript:alert(1) data:text/html,oi',
    }),
  )('%s', (text, shown) => {
    expect(draw(text)).toBe(shown);
  });
});

describe('the words alone', () => {
  it.each(
    rows({
      '*Oi* _Ana_, ~tudo~ `bem`?': 'Oi Ana, tudo bem?',
      '> cite\n- um\n1. dois': 'cite\n• um\n1. dois',
      'https://x.example/_a_ *b*': 'https://x.example/_a_ b',
      '```\nnpm start\n```': '\nnpm start\n',
    }),
  )('%s', (text, shown) => {
    expect(plainWords(text)).toBe(shown);
  });
});

describe('whatever a stranger writes', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'a é*_~`>-1. \n', '```', '> ', '- ', '1. ', 'https://x/', '🙏'),
    maxLength: 60,
  });
  /** Without signs, numbers and space: nothing else is taken away, and nothing is made up. */
  const bare = (text: string) => text.replace(/[^\p{L}🙏/:]/gu, '');

  it('no word is lost', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const shown = readFormatted(text)
          .flatMap(({ lines }) => lines.map(({ parts }) => drawn(parts)))
          .join('\n');
        expect(bare(shown.replace(/<\/?[a-z]?>/g, ''))).toBe(bare(text));
      }),
    );
  });

  it.each([
    `http://a${'.'.repeat(65_000)}b`,
    `\`${'a'.repeat(65_000)}`,
    `\`\`\`${'a'.repeat(65_000)}`,
    '*_~'.repeat(6_000),
    '*a _b ~c* '.repeat(2_000),
    '` '.repeat(10_000),
    '``` '.repeat(5_000),
    '*a'.repeat(10_000),
    '- \n> \n1. \n'.repeat(2_000),
    // Looked at again from each sign it would take minutes.
  ])('is read in one go: %#', (text) => {
    const begun = performance.now();
    readFormatted(text);
    plainWords(text);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
