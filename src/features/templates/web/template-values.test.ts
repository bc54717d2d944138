import { describe, expect, it } from 'vitest';
import type { Template } from '../contract.ts';
import { faultOf, fieldsOf, previewOf, requestOf } from './template-values.ts';

const template: Template = {
  id: 't-1',
  name: 'pedido_enviado',
  language: 'pt_BR',
  category: 'utility',
  status: 'approved',
  quality: 'high',
  isSendable: true,
  format: 'positional',
  header: { kind: 'text', text: 'Pedido {{1}}', placeholders: [{ name: '1', example: '10' }] },
  body: {
    text: 'Olá, {{1}}! Chega {{2}}.',
    placeholders: [
      { name: '1', example: 'Ana' },
      { name: '2', example: null },
    ],
  },
  footer: null,
  buttons: [
    { kind: 'quick-reply', text: 'Ok', url: null, phone: null, needsValue: false, example: null },
    {
      kind: 'url',
      text: 'Ver',
      url: 'https://x/{{1}}',
      phone: null,
      needsValue: true,
      example: null,
    },
  ],
};

describe('the values of a template', () => {
  it('are asked for in the order in which they are read', () => {
    expect(fieldsOf(template).map(({ key }) => key)).toEqual([
      'header/1',
      'body/1',
      'body/2',
      'buttons/1',
    ]);
  });

  it('make the request', () => {
    const typed = { 'header/1': '7', 'body/1': 'Bia', 'body/2': 'hoje', 'buttons/1': 'abc' };
    expect(requestOf(template, typed, null)).toEqual({
      type: 'template',
      templateId: 't-1',
      header: { values: { '1': '7' } },
      body: { '1': 'Bia', '2': 'hoje' },
      buttons: [{ index: 1, value: 'abc' }],
    });
    const place = {
      ...template,
      header: { kind: 'location', text: '', placeholders: [] },
    } as const;
    const where = { 'location/latitude': '-23,5', 'location/longitude': '-46.6' };
    expect(
      requestOf({ ...place, header: { ...place.header, placeholders: [] } }, where, null),
    ).toMatchObject({
      header: { location: { latitude: -23.5, longitude: -46.6 } },
    });
  });

  it('show their examples until something is typed', () => {
    expect(previewOf(template, { 'body/1': 'Bia' })).toMatchObject({
      body: 'Olá, Bia! Chega [2].',
      shown: { header: { text: 'Pedido [10]' } },
    });
  });

  it('are looked at as the server does', () => {
    const [field] = fieldsOf(template);
    expect(field && faultOf(field, ' ')).toBe('missing');
    expect(field && faultOf(field, 'a     b')).toBe('spaces');
    expect(field && faultOf(field, 'a    b')).toBeNull();
  });
});
