import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './shelves-pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  label: 'Media of the conversation',
  visual: 'Photos and videos',
  document: 'Documents',
  none: {
    visual: 'No photos or videos in this conversation.',
    document: 'No documents in this conversation.',
  },
  failed: 'The media could not be loaded',
  more: 'Show more',
  go: 'Go to the message',
};
