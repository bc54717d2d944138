import type { ptBR } from './covers-pt-br.ts';

export const en: typeof ptBR = {
  hidden: {
    image: 'Image covered',
    sticker: 'Sticker covered',
    video: 'Video covered',
    document: 'Document covered',
    audio: 'Audio covered',
    voice: 'Voice message covered',
  },
  show: 'Show',
  hide: 'Hide',
  why: 'Covered until you ask, with all that came along. Asking is recorded.',
  always: 'Always show from this contact',
  'always-done': 'What this contact sends from now on arrives uncovered.',
  'always-undone': 'What this contact sends arrives as usual again.',
  undo: 'Undo',
  settings: 'Covered media',
  'settings-lead':
    'What arrives covered until somebody asks to see it, and what stands in its place.',
  problem: {
    'contact-flagged': 'This contact is flagged: what they send always arrives covered.',
    'media-withheld': 'This media cannot be shown now.',
  },
};
