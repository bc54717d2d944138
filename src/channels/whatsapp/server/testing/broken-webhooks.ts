import fc from 'fast-check';

const anyString = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.nat({ max: 0xffff }).map((n) => String.fromCharCode(n)) }),
  fc.constantFrom('', '\0', '\uD800', 'constructor', '__proto__', '5511987654321', '1793600000'),
  fc.constantFrom('text', 'system', 'reaction', 'call', 'x'.repeat(70_000)),
);
export const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
  anyString,
  fc.constantFrom(null, [], {}, -1, 1e300, 0.5, true),
);

/** Every place of a JSON document, as a path. */
export const placesOf = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]))]
    : [path];

export const withChange = (value: unknown, path: readonly string[], put: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== 'object' || value === null) {
    return put;
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...value };
  const inner: unknown = Reflect.get(value, key);
  Reflect.set(copy, key, withChange(inner, rest, put));
  return copy;
};

const breakage = fc.tuple(fc.nat(), fc.oneof(anyJson, fc.constant(undefined)));

/** One of these webhooks with anything at all in up to six of its places. */
export const brokenOf = (webhooks: readonly unknown[]): fc.Arbitrary<unknown> => {
  const places = webhooks.map((body) => placesOf(body));
  return fc
    .tuple(fc.nat({ max: webhooks.length - 1 }), fc.array(breakage, { minLength: 1, maxLength: 6 }))
    .map(([index, breakages]) =>
      breakages.reduce<unknown>((body, [place, put]) => {
        const known = places[index] ?? [];
        return withChange(body, known[place % known.length] ?? [], put);
      }, webhooks[index]),
    );
};
