import { describe, expect, it } from 'vitest';
import { AppError } from '#platform/server/errors.ts';
import type { SendTemplate, TemplateComponents } from '../contract.ts';
import { fillTemplate } from './fill-template.ts';

const gap = (name: string) => ({ name, example: null });
const plain: TemplateComponents = {
  format: 'positional',
  header: { kind: 'none', text: '', placeholders: [] },
  body: { text: 'Olá, {{1}}! Pedido {{2}}.', placeholders: [gap('1'), gap('2')] },
  footer: 'Loja',
  buttons: [],
};
const good = { '1': 'Ana', '2': '10432' };

const fill = (components: Partial<TemplateComponents>, given: Omit<SendTemplate, 'type'>) =>
  fillTemplate(
    { name: 'n', language: 'pt_BR', ...plain, ...components },
    { type: 'template', ...given },
  );

const errorsOf = (components: Partial<TemplateComponents>, given: Omit<SendTemplate, 'type'>) => {
  try {
    fill(components, given);
  } catch (error) {
    if (error instanceof AppError) {
      expect(error.code).toBe('template-parameters');
      return error.extra['errors'];
    }
  }
  return [];
};

describe('a template that is filled in', () => {
  it('reads as the person will read it', () => {
    expect(fill({}, { body: good })).toMatchObject({
      text: 'Olá, Ana! Pedido 10432.',
      payload: {
        template: { name: 'n', language: 'pt_BR', footer: 'Loja', header: { kind: 'none' } },
        filling: { body: [{ text: 'Ana' }, { text: '10432' }] },
      },
      file: null,
    });
  });

  it('names its values where the template does', () => {
    const body = { text: '{{nome}}', placeholders: [gap('nome')] };
    expect(fill({ format: 'named', body }, { body: { nome: 'Ana' } }).payload.filling.body).toEqual(
      [{ name: 'nome', text: 'Ana' }],
    );
  });

  it('puts a value with a dollar or braces where it belongs, as it is', () => {
    const { text } = fill({}, { body: { '1': '$& $1', '2': '{{1}}' } });
    expect(text).toBe('Olá, $& $1! Pedido {{1}}.');
  });

  it('has the whole address of a button', () => {
    const button = {
      kind: 'url',
      text: 'Ver',
      phone: null,
      needsValue: true,
      example: null,
    } as const;
    const buttons = [{ ...button, url: 'https://example.com/{{1}}' }];
    const { payload } = fill({ buttons }, { body: good, buttons: [{ index: 0, value: 'a$&b' }] });
    expect(payload.template.buttons[0]?.url).toBe('https://example.com/a$&b');
    expect(payload.filling.buttons).toEqual([{ index: 0, kind: 'url', value: 'a$&b' }]);
  });

  it.each([
    [
      'nothing',
      {},
      [
        ['body/1', 'missing'],
        ['body/2', 'missing'],
      ],
    ],
    ['one of two', { body: { '1': 'Ana' } }, [['body/2', 'missing']]],
    ['one too many', { body: { ...good, '3': 'x' } }, [['body', 'unexpected']]],
    ['blanks', { body: { ...good, '2': '   ' } }, [['body/2', 'missing']]],
    ['a break', { body: { ...good, '2': 'a\nb' } }, [['body/2', 'line-break']]],
    ['a tab', { body: { ...good, '2': 'a\tb' } }, [['body/2', 'line-break']]],
    ['five spaces', { body: { ...good, '2': 'a     b' } }, [['body/2', 'spaces']]],
    ['too much in all', { body: { ...good, '2': 'x'.repeat(1_020) } }, [['body', 'too-long']]],
    [
      'an unasked file',
      { body: good, header: { uploadId: 'u' } },
      [['header/uploadId', 'unexpected']],
    ],
    [
      'a value for no button',
      { body: good, buttons: [{ index: 0, value: 'x' }] },
      [['buttons/0', 'unexpected']],
    ],
  ] as [string, Omit<SendTemplate, 'type'>, [string, string][]][])(
    'refuses %s',
    (_what, given, expected) => {
      expect(errorsOf({}, given)).toEqual(expected.map(([path, message]) => ({ path, message })));
    },
  );

  it('takes four spaces', () => {
    expect(fill({}, { body: { ...good, '2': 'a    b' } }).text).toContain('a    b');
  });

  it('asks for the file, the place or the code that it needs', () => {
    const header: TemplateComponents['header'] = { kind: 'image', text: '', placeholders: [] };
    const buttons = [
      {
        kind: 'copy-code',
        text: 'Copiar',
        url: null,
        phone: null,
        needsValue: true,
        example: null,
      },
    ] as const;
    expect(errorsOf({ header, buttons: [...buttons] }, { body: good })).toEqual([
      { path: 'header/uploadId', message: 'missing' },
      { path: 'buttons/0', message: 'missing' },
    ]);
    expect(errorsOf({ header: { ...header, kind: 'location' } }, { body: good })).toEqual([
      { path: 'header/location', message: 'missing' },
    ]);
    expect(fill({ header }, { body: good, header: { uploadId: 'u' } }).file).toEqual({
      kind: 'image',
      uploadId: 'u',
    });
  });
});
