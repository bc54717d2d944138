import { randomInt } from 'node:crypto';
import type { Scenario } from './stage.ts';

/** Two first messages of somebody new, told by two webhooks in the same instant. */
export const firstMessagesAtOnce: Scenario = {
  name: 'first-messages-at-once',
  title: 'Duas primeiras juntas',
  summary: 'Alguém novo manda duas mensagens que chegam por dois webhooks ao mesmo tempo.',
  play: async (stage) => {
    const person = stage.lead(`55119${randomInt(60_000_000, 99_999_999)}`, 'Contato novo');
    const wasOrdered = stage.world.settings.webhooks.ordered;
    stage.world.settings.webhooks.ordered = false;
    stage.says(person, 'Oi');
    stage.says(person, 'alguém aí?');
    stage.world.settings.webhooks.ordered = wasOrdered;
  },
};
