import { type Payload, recordOf, recordsOf, textOf } from './read-payload.ts';

const textsIn = (records: readonly Payload[], ...keys: readonly string[]): string[] =>
  records.flatMap((record) => keys.flatMap((key) => textOf(record[key]) ?? []));

/**
 * What a message says beside its text, as far as it is found by it and shown where it was found; `payload_words` of migration
 * 0030 names the same.
 */
export const saidBeside = (payload: Payload): string[] => {
  const template = recordOf(payload['template']);
  const sections = recordsOf(payload['sections']);
  const cards = recordsOf(payload['cards']);
  const records = (holder: Payload, key: string): Payload[] => recordsOf(holder[key]);
  return [
    ...textsIn([payload], 'header'),
    ...textsIn([recordOf(template['header'])], 'text'),
    ...textsIn([payload, template], 'footer'),
    ...textsIn([payload], 'button'),
    ...textsIn([...records(payload, 'buttons'), ...records(template, 'buttons')], 'title', 'text'),
    ...sections.flatMap((section) => [
      ...textsIn([section], 'title'),
      ...textsIn(records(section, 'rows'), 'title', 'description'),
    ]),
    ...textsIn([recordOf(payload['referral'])], 'headline', 'body'),
    ...textsIn(records(payload, 'answers'), 'value'),
    ...textsIn([...records(payload, 'items'), recordOf(payload['product'])], 'productId'),
    ...textsIn(cards, 'organisation', 'jobTitle'),
    ...cards.flatMap((card) => textsIn(records(card, 'emails'), 'email')),
    ...cards.flatMap((card) => textsIn(records(card, 'phones'), 'phone')),
  ];
};
