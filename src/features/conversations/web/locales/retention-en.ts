import type { ptBR } from './retention-pt-br.ts';

export const en: typeof ptBR = {
  title: 'Keeping messages',
  lead: 'How long conversations are kept.',
  failed: 'This setting could not be loaded',
  switch: 'Delete old messages',
  'switch-hint':
    'When off, everything is kept. Contacts, blocks and the audit log are not deleted.',
  days: 'Days to keep them',
  'days-hint': 'From 30 to 3650. Older messages and files are deleted every night.',
  'days-wrong': 'Write a number from 30 to 3650.',
  save: 'Save',
  saved: 'Setting saved.',
  'confirm-title_one': 'Delete what is older than {{count}} day?',
  'confirm-title_other': 'Delete what is older than {{count}} days?',
  confirm_one:
    'Next night, and every night after it, messages and files older than {{count}} day are deleted for good. This cannot be undone.',
  confirm_other:
    'Next night, and every night after it, messages and files older than {{count}} days are deleted for good. This cannot be undone.',
  'confirm-action': 'Delete old messages',
};
