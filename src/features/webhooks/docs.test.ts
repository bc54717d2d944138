import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type WebhookEventType, webhookEventData, webhookEventTypes } from './contract.ts';

const guide = readFileSync('docs/webhooks.md', 'utf8');

/** The line of the table that is of this event. */
const lineOf = (type: WebhookEventType): string =>
  guide.split('\n').find((line) => line.startsWith(`| \`${type}\``)) ?? '';

it.each(webhookEventTypes)('the guide has a line for %s', (type) => {
  expect(lineOf(type)).not.toBe('');
});

it.each(['contact.blocked', 'contact.unblocked'] as const)('and names each cause of %s', (type) => {
  const causes = webhookEventData[type].shape.cause.options;
  for (const cause of causes) {
    expect([cause, lineOf(type)]).toEqual([cause, expect.stringMatching(`[\` ]${cause}\``)]);
  }
  // What is put back by it is told by nobody.
  expect(guide).toContain('`journal` without an event');
});
