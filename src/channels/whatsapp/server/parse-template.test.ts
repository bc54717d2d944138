import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleTemplates } from '../../../../simulator/templates/sample-templates.ts';
import { parseTemplate } from './parse-template.ts';
import { parseTemplateChange } from './parse-template-change.ts';

const wire = (more: object) => ({
  id: '1',
  name: 'n',
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Oi' }],
  ...more,
});

const sample = (name: string) => {
  const found = sampleTemplates.find((one) => one.name === name);
  return parseTemplate(wire({ ...found, parameter_format: found?.parameterFormat }));
};

describe('a template', () => {
  it('has header, gaps with examples, footer and buttons', () => {
    expect(sample('pedido_enviado')).toMatchObject({
      format: 'positional',
      header: { kind: 'text', text: 'Seu pedido saiu!', placeholders: [] },
      body: {
        placeholders: [
          { name: '1', example: 'Ana' },
          { name: '2', example: '10432' },
          { name: '3', example: 'sexta-feira' },
        ],
      },
      footer: 'Loja Demonstração',
      buttons: [
        { kind: 'url', needsValue: true, url: 'https://example.com/pedidos/{{1}}' },
        { kind: 'quick-reply', text: 'Falar com alguém', needsValue: false },
      ],
      isSupported: true,
    });
    expect(sample('confirmacao_de_horario')).toMatchObject({
      format: 'named',
      header: { placeholders: [{ name: 'nome', example: 'Ana' }] },
      body: { placeholders: [{ name: 'data' }, { name: 'hora' }, { name: 'profissional' }] },
    });
    expect(sample('promocao_da_semana')).toMatchObject({ header: { kind: 'image' } });
    expect(sample('boleto_disponivel')).toMatchObject({
      header: { kind: 'document' },
      buttons: [{ kind: 'phone', phone: '+551133334444' }],
    });
  });

  it('has its numbers in their own order, which is that of the values', () => {
    const components = [{ type: 'BODY', text: '{{2}} e {{1}} e {{10}} e {{2}}' }];
    expect(parseTemplate(wire({ components }))?.body.placeholders.map(({ name }) => name)).toEqual([
      '1',
      '2',
      '10',
    ]);
  });

  it.each([
    [[{ type: 'BODY', text: 'a' }, { type: 'CAROUSEL' }]],
    [
      [
        { type: 'BODY', text: 'a' },
        { type: 'HEADER', format: 'GIF' },
      ],
    ],
    [
      [
        { type: 'BODY', text: 'a' },
        { type: 'BUTTONS', buttons: [{ type: 'FLOW' }] },
      ],
    ],
    [[]],
  ])('with parts that we cannot fill is kept, and not for sending: %j', (components) => {
    expect(parseTemplate(wire({ components }))).toMatchObject({ isSupported: false });
  });

  it('whose words are new has other ones of ours', () => {
    expect(parseTemplate(wire({ status: 'ON_HOLIDAY', category: 'POETRY' }))).toMatchObject({
      status: 'other',
      category: 'other',
      quality: 'unknown',
    });
  });

  it('never throws, and is never half of one', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.jsonValue({ maxDepth: 4 }), (value, parts) => {
        parseTemplate(value);
        const whole = parseTemplate(wire({ components: parts }));
        expect(whole?.name).toBe('n');
      }),
    );
  });
});

describe('the news of a template', () => {
  const receiver = { workspaceId: 'w', channelId: 'c' };
  it.each([
    ['message_template_status_update', { event: 'PAUSED' }, { status: 'paused' }],
    ['message_template_status_update', { event: 'FLAGGED' }, {}],
    ['message_template_quality_update', { new_quality_score: 'RED' }, { quality: 'low' }],
    ['template_category_update', { new_category: 'MARKETING' }, { category: 'marketing' }],
    ['message_template_components_update', { message_template_element: 'x' }, {}],
  ])('%s %j', (field, value, news) => {
    expect(parseTemplateChange(field, { message_template_id: 77, ...value }, receiver)).toEqual([
      { type: 'template-change', ...receiver, externalId: '77', ...news },
    ]);
  });

  it('without a template is counted', () => {
    expect(parseTemplateChange('message_template_status_update', {}, receiver)).toEqual([
      { type: 'counted', ...receiver, name: 'message-template-status-update-without-target' },
    ]);
  });
});
