import { serializerCompiler } from 'fastify-type-provider-zod';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../shared/page.ts';
import { compileSerializer, isSameBothWays } from './compile-serializer.ts';

const item = z.object({
  id: z.uuid(),
  at: z.iso.datetime().nullable(),
  count: z.number().int(),
  name: z.string().trim().optional(),
  kind: z.enum(['a', 'b']),
  by: z.record(z.string(), z.number()),
  what: z.discriminatedUnion('type', [
    z.object({ type: z.literal('x'), x: z.string() }),
    z.object({ type: z.literal('y'), y: z.array(z.boolean()) }),
  ]),
});
const whole = {
  id: '00000000-0000-7000-8000-000000000001',
  at: '2026-11-26T10:00:00.000Z',
  count: 3,
  name: ' Ana ',
  kind: 'a',
  by: { text: 2 },
  what: { type: 'y', y: [true] },
};

const bothOf = (schema: z.ZodType) => {
  const route = { schema, method: 'GET', url: '/things' };
  return [compileSerializer(route), serializerCompiler(route)] as const;
};
const told = (serialize: (answer: unknown) => string, answer: unknown): string => {
  try {
    return serialize(answer);
  } catch (error) {
    return `error ${(error as Error).message}`;
  }
};

describe('an answer', () => {
  it('is what encoding makes of it, without what is not declared', () => {
    const [ours, theirs] = bothOf(pageOf(item));
    const secret = { ...whole, secret: 1, what: { ...whole.what, secret: 2 } };
    const answer = { items: [whole, secret], nextCursor: null, secret: 3 };
    expect(ours(answer)).toBe(theirs(answer));
    expect(ours(answer)).not.toContain('secret');
    expect(JSON.parse(ours(answer))).toEqual({
      items: [
        { ...whole, name: 'Ana' },
        { ...whole, name: 'Ana' },
      ],
      nextCursor: null,
    });
  });

  it.each([
    { ...whole, id: 'nobody' },
    { ...whole, at: 'yesterday' },
    { ...whole, at: new Date(0) },
    { ...whole, count: '3' },
    { ...whole, kind: 'c' },
    { ...whole, by: { text: '2' } },
    { ...whole, what: { type: 'z' } },
    { ...whole, what: { type: 'x', y: [] } },
  ])('that does not fit is the same error (%#)', (odd) => {
    const [ours, theirs] = bothOf(pageOf(item));
    const answer = { items: [whole, odd], nextCursor: null };
    expect(told(ours, answer)).toMatch(/^error /);
    expect(told(ours, answer)).toBe(told(theirs, answer));
  });

  it('of a schema that transforms is encoded', () => {
    const schema = z.object({
      at: z.codec(z.iso.datetime(), z.date(), {
        decode: (text) => new Date(text),
        encode: (date) => date.toISOString(),
      }),
    });
    const [ours] = bothOf(schema);
    expect(ours({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });
});

it('knows which schemas are the same both ways', () => {
  expect(isSameBothWays(pageOf(item))).toBe(true);
  for (const odd of [
    z.string().transform((text) => text.length),
    z.string().default('a'),
    z.string().catch('a'),
    z.coerce.number(),
    z.string().pipe(z.uuid()),
    z.date(),
  ]) {
    expect(isSameBothWays(z.object({ a: z.array(odd).nullable() }))).toBe(false);
  }
});
