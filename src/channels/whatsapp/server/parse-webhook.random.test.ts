import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageKinds } from '#features/conversations/contract.ts';
import type { InboundItem } from '../../channel.ts';
import { longestText } from './clean-text.ts';
import { parseWebhook } from './parse-webhook.ts';
import { change, everything, inbound, webhookOf } from './testing/fixtures.ts';
import { messageOf, receivedAt } from './testing/messages.ts';
import { channel, itemsOf } from './testing/read-items.ts';
import { isWire } from './wire.ts';

const allStrings = (value: unknown, found: string[] = []): string[] => {
  if (typeof value === 'string') {
    found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      found.push(key);
      allStrings(inner, found);
    }
  }
  return found;
};

const isStorableText = (text: string): boolean =>
  text.isWellFormed() && !text.includes('\0') && text.length <= longestText;

const isPlausible = (timestamp: number): boolean =>
  Number.isSafeInteger(timestamp) && timestamp > 1_200_000_000 && timestamp <= receivedAt + 86_400;

/** What the store relies on, whatever came. */
const problemsOf = (item: InboundItem): string[] => {
  const problems = allStrings(item).every(isStorableText) ? [] : ['text'];
  if (item.type === 'counted') {
    return /^[a-z0-9_-]{1,80}$/.test(item.name) ? problems : [...problems, 'name'];
  }
  if (item.externalId.length === 0 || item.externalId.length > 600) {
    problems.push('externalId');
  }
  if (item.type === 'template-change') {
    return problems;
  }
  if (!isPlausible(item.timestamp)) {
    problems.push('timestamp');
  }
  if (item.type !== 'status' && Object.keys(item.person).length === 0) {
    problems.push('person');
  }
  if (item.type === 'message' && !messageKinds.includes(item.content.kind)) {
    problems.push('kind');
  }
  return problems;
};

const check = (body: unknown): void => {
  for (const each of parseWebhook(body)?.changes ?? []) {
    const items = each.toItems(channel, receivedAt);
    expect(items.length).toBeGreaterThan(0);
    expect(items.flatMap(problemsOf)).toEqual([]);
    expect(JSON.stringify(each.toItems(channel, receivedAt))).toBe(JSON.stringify(items));
  }
};

const anyString = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.nat({ max: 0xffff }).map((n) => String.fromCharCode(n)) }),
  fc.constantFrom('', '\0', '\uD800', 'constructor', '__proto__', '5511987654321', '1793600000'),
  fc.constantFrom('text', 'system', 'reaction', 'call', 'x'.repeat(70_000)),
);
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3, noUnicodeString: false }),
  anyString,
  fc.constantFrom(null, [], {}, -1, 1e300, 0.5, true),
);

/** Every place of a JSON document, as a path. */
const placesOf = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]))]
    : [path];

const withChange = (value: unknown, path: readonly string[], put: unknown): unknown => {
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

const places = everything.map((body) => placesOf(body));
const breakage = fc.tuple(fc.nat(), fc.oneof(anyJson, fc.constant(undefined)));

describe('parseWebhook', { timeout: 60_000 }, () => {
  it('never throws for any JSON', () => {
    fc.assert(
      fc.property(anyJson, anyJson, anyJson, (a, b, c) => {
        check(a);
        check({ object: 'whatsapp_business_account', entry: a });
        check(webhookOf(a, b, { field: 'messages', value: c }));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for any JSON in the place of a list or of a message', () => {
    const lists = ['contacts', 'messages', 'message_echoes', 'statuses', 'calls', 'history'];
    const list = fc.constantFrom(...lists, 'user_id_update', 'state_sync', 'errors', 'metadata');
    const field = fc.constantFrom('messages', 'history', 'calls', 'standby', 'user_id_update');
    fc.assert(
      fc.property(field, list, fc.array(anyJson), anyJson, (name, key, many, value) => {
        check(webhookOf(change(name, { [key]: many })));
        check(webhookOf(change(name, { [key]: value })));
        check(inbound(messageOf(isWire(value) ? value : { type: value })));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for a real webhook with anything anywhere in it', () => {
    const which = fc.nat({ max: everything.length - 1 });
    fc.assert(
      fc.property(which, fc.array(breakage, { minLength: 1, maxLength: 6 }), (index, breakages) => {
        let body: unknown = everything[index];
        for (const [place, put] of breakages) {
          const known = places[index] ?? [];
          body = withChange(body, known[place % known.length] ?? [], put);
        }
        check(body);
      }),
      { numRuns: 500 },
    );
  });

  it('reads what is nested a hundred thousand times', () => {
    const nested: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    for (const body of [
      nested,
      webhookOf(change('messages', { messages: nested, contacts: nested })),
    ]) {
      check(body);
    }
    expect(itemsOf(inbound(messageOf({ id: undefined, type: 'text', text: nested })))).toHaveLength(
      1,
    );
  });

  it('keeps nothing but what is listed', () => {
    const secret = 'SECRET-OF-AN-UNKNOWN-FIELD';
    const soiled = everything.map((body, index) =>
      (places[index] ?? []).reduce<unknown>((value, path) => {
        const at = path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
        const isObject = typeof at === 'object' && at !== null && !Array.isArray(at);
        return isObject ? withChange(value, [...path, 'unknown_field'], secret) : value;
      }, body),
    );
    expect(JSON.stringify(soiled)).toContain(secret);
    expect(JSON.stringify(soiled.map((body) => itemsOf(body)))).not.toContain(secret);
    expect(soiled.map((body) => itemsOf(body))).toEqual(everything.map((body) => itemsOf(body)));
  });
});
