import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from './api-document.ts';

/** What a schema cannot say: values that mean something to the server under test, by the name of the field. */
export type Hints = Readonly<Record<string, Arbitrary<unknown>>>;

const nul = '\0';

/** Letters of people, and what breaks programs that expect only those. */
const anyText = (minLength: number, maxLength: number): Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength, maxLength, unit: 'grapheme' }) },
    { weight: 2, arbitrary: fc.string({ minLength, maxLength, unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('%', "'", '\\', '\uD800', '\u202E', '🙂', '  a', '\r\n', '$1', '{}')
        .map((odd) => odd.padEnd(minLength, 'x').slice(0, maxLength)),
    },
  );

const extremeMoments = [
  '2030-01-01T00:00:00Z',
  '2030-01-01T00:00:00.123456789-03:00',
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0000-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-23:59',
];

const byFormat: Readonly<Record<string, Arbitrary<unknown>>> = {
  uuid: fc.oneof(fc.uuid(), fc.constant('00000000-0000-0000-0000-000000000000')),
  email: fc.stringMatching(/^[a-z]{1,10}(\.[a-z]{1,10})?$/).map((name) => `${name}@gerado.example`),
  'date-time': fc.oneof(
    fc
      .date({ noInvalidDate: true, min: new Date('2027-01-01'), max: new Date('2099-01-01') })
      .map((date) => date.toISOString()),
    fc.constantFrom(...extremeMoments),
  ),
  date: fc.oneof(
    fc
      .date({ noInvalidDate: true, min: new Date('2027-01-01'), max: new Date('2099-01-01') })
      .map((date) => date.toISOString().slice(0, 10)),
    fc.constantFrom('0000-01-01', '1970-01-01', '2000-02-29', '9999-12-31'),
  ),
};

const textOf = (schema: JsonSchema): Arbitrary<unknown> => {
  const known = schema.format === undefined ? undefined : byFormat[schema.format];
  const { minLength = 0, maxLength = 60 } = schema;
  return known ?? anyText(minLength, Math.min(maxLength, minLength + 60));
};

const objectOf = (schema: JsonSchema, hints: Hints): Arbitrary<unknown> => {
  const fields: Record<string, Arbitrary<unknown>> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    fields[name] = hints[name] ?? fromSchema(field, hints);
  }
  return fc.record(fields, { requiredKeys: [...(schema.required ?? [])] });
};

const byType = (schema: JsonSchema, type: string, hints: Hints): Arbitrary<unknown> => {
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, hints), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object':
      return objectOf(schema, hints);
    default:
      throw new Error(`no generator for the type ${type}`);
  }
};

/** Values that a schema describes. @throws Error for what the generator does not know */
export const fromSchema = (schema: JsonSchema, hints: Hints): Arbitrary<unknown> => {
  if (schema.const !== undefined) {
    return fc.constant(schema.const);
  }
  if (schema.enum !== undefined) {
    return fc.constantFrom(...schema.enum);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return fc.oneof(...choices.map((one) => fromSchema(one, hints)));
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length === 0) {
    throw new Error(`no generator for ${JSON.stringify(schema)}`);
  }
  return fc.oneof(...types.map((type) => byType(schema, type, hints)));
};

/** What does not belong where it is put: wrong types, sizes and characters, and words that JavaScript minds. */
const misfit: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, -1, 1e308, 0.5, '', ' ', [], {}, [[]], 'x'.repeat(5_000)),
  fc.constantFrom(`a${nul}b`, '\uDC00', '__proto__', 'constructor', '../..', 'null', '1e999'),
  fc.jsonValue({ maxDepth: 2 }),
);

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

/** Values that are near to what the schema describes, and mostly outside of it. */
export const nearSchema = (schema: JsonSchema, hints: Hints): Arbitrary<unknown> => {
  if (schema.oneOf !== undefined) {
    return fc.oneof(...schema.oneOf.map((one) => nearSchema(one, hints)));
  }
  const names = Object.keys(schema.properties ?? {});
  const good = fromSchema(schema, hints);
  if (names.length === 0) {
    return misfit;
  }
  const changed = fc
    .tuple(good, fc.constantFrom(...names, 'unknownField', '__proto__'), misfit, fc.boolean())
    .map(([value, name, odd, isLeftOut]) => {
      const fields = isFields(value) ? value : {};
      return isLeftOut ? without(fields, name) : { ...fields, [name]: odd };
    });
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: misfit });
};
