import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageKinds } from '#features/conversations/contract.ts';
import type { InboundItem } from '../../channel.ts';
import { subscribedFields } from '../webhook-fields.ts';
import { longestText } from './clean-text.ts';
import { parseWebhook } from './parse-webhook.ts';
import { anyJson, brokenOf, placesOf, withChange } from './testing/broken-webhooks.ts';
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

  it('is tried with every field that is subscribed', () => {
    const tried = everything.flatMap((body) => parseWebhook(body)?.changes ?? []);
    const fields = new Set(tried.map(({ counterName }) => counterName));
    expect(subscribedFields.filter((field) => !fields.has(`field-${field}`))).toEqual([]);
  });

  it('never throws for a real webhook with anything anywhere in it', () => {
    fc.assert(fc.property(brokenOf(everything), check), { numRuns: 500 });
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
    const soiled = everything.map((body) =>
      placesOf(body).reduce<unknown>((value, path) => {
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
