import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './compose-pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  text: 'Message',
  header: 'Title (optional)',
  footer: 'Footer (optional)',
  send: 'Send',
  over_one: 'Up to {{max, number}} characters: {{count}} too many.',
  over_other: 'Up to {{max, number}} characters: {{count}} too many.',
  fault: {
    'text-missing': 'Write the message.',
    'button-missing': 'Write at least one button.',
    'button-doubled': 'Another button says this already.',
    'word-missing': 'Write what the button says, like “See options”.',
    'row-missing': 'Write at least one option.',
    'row-unnamed': 'Give the option a name.',
    'section-unnamed': 'With more than one section, each needs a title.',
  },
  buttons: {
    title: 'Send buttons',
    description: 'The person answers with the press of a button.',
    button: 'Button {{n}}',
    add: 'Add a button',
    remove: 'Remove button {{n}}',
    full: 'Three buttons at most.',
  },
  list: {
    title: 'Send a list',
    description: 'The person opens the list and chooses an option.',
    word: 'Button that opens the list',
    section: 'Section {{n}}',
    'section-title': 'Title of section {{n}}',
    row: 'Option {{n}}',
    'row-description': 'Description of option {{n}} (optional)',
    'add-row': 'Add an option',
    'remove-row': 'Remove option {{n}}',
    'add-section': 'Add a section',
    'remove-section': 'Remove section {{n}}',
    full: 'Ten options at most in the whole list.',
  },
};
