import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WEBHOOK_FIELDS } from '../../../simulator/wire/webhook-fields.ts';
import { parseWebhook } from './server/parse-webhook.ts';
import { en } from './web/locales/en.ts';
import { es } from './web/locales/es.ts';
import { ptBR } from './web/locales/pt-br.ts';
import { groupFields, subscribedFields } from './webhook-fields.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

/** The Portuguese half and the English one. */
const halves = (): [string, string] => {
  const at = readme.indexOf('**4. The webhook.**');
  expect(at).toBeGreaterThan(0);
  return [readme.slice(readme.indexOf('**4. O webhook.**'), at), readme.slice(at)];
};

it.each(subscribedFields)('both halves of the README tell to subscribe %s', (field) => {
  for (const half of halves()) {
    expect(half).toContain(`\`${field}\``);
  }
});

it.each([
  ['pt-BR', ptBR],
  ['en', en],
  ['es', es],
])('the form says in %s that each field of the list is subscribed', (_language, words) => {
  // The names themselves are drawn from the list, so that a new one is there by itself.
  expect(words.webhook['fields-lead']).not.toBe('');
  expect(words.webhook.lead).not.toMatch(/messages\.$/);
  expect(words.webhook['no-first']).toContain('messages');
});

it('all of them can be subscribed at the simulator, which has the sheet of its own', () => {
  const known: readonly string[] = WEBHOOK_FIELDS;
  expect(subscribedFields.filter((field) => !known.includes(field))).toEqual([]);
});

it.each(subscribedFields)(
  'what the parser does with %s is more than to count an unknown field',
  (field) => {
    const metadata = { phone_number_id: '100000000000001', display_phone_number: '5511900000000' };
    const body = {
      object: 'whatsapp_business_account',
      entry: [
        { id: '1', changes: [{ field, value: { metadata, messages: [{ id: 'wamid.1' }] } }] },
      ],
    };
    const items = parseWebhook(body)?.changes[0]?.toItems(
      { workspaceId: 'w', channelId: 'c' },
      1_780_000_000,
    );
    const isCountedAlone = items?.length === 1 && items[0]?.type === 'counted';
    const isGroup = (groupFields as readonly string[]).includes(field);
    expect(items?.[0]).toBeDefined();
    // News of groups are counted under their own names, which the page of the number sums up.
    expect(
      isCountedAlone && items[0]?.type === 'counted' && items[0].name === `field-${field}`,
    ).toBe(isGroup);
  },
);
