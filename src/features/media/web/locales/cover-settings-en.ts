import type { ptBR } from './cover-settings-pt-br.ts';

export const en: typeof ptBR = {
  failed: 'The rules of covered media could not be loaded',
  saved: 'Rules of covered media saved',
  save: 'Save',
  from: {
    legend: 'Whose media arrives covered',
    flagged: 'Flagged contacts only',
    strangers: 'Those nobody answered',
    everybody: 'Everybody',
  },
  'from-hint': {
    flagged: 'From all others it arrives uncovered.',
    strangers:
      'Until somebody of the team answers. A template, a bot, an API key or an automatic message is no answer. What leaves from the app on the phone is one, unless it leaves within three seconds: that is its automatic greeting.',
    everybody: 'Also from those who were answered, except contacts set to be shown always.',
  },
  kinds: {
    legend: 'What is covered',
    image: 'Images',
    sticker: 'Stickers',
    video: 'Videos',
    document: 'Documents',
  },
  'kinds-hint': 'Captions and file names are covered along. From flagged contacts, everything.',
  placeholder: {
    legend: 'In its place',
    none: 'Nothing of it',
    blur: 'A grey blur',
  },
  'placeholder-hint':
    'The blur is made on the server of a few shades of grey. The image leaves the server only when somebody asks.',
  later: 'For what arrives from now on. What is covered stays so until somebody asks.',
  own: {
    title: 'Media that comes in',
    switch: 'Cover all media that comes in',
    hint: 'Images, stickers, videos and documents are covered for you until you ask, even if the workspace shows them.',
    on: 'All media that comes in is covered for you',
    off: 'Media that comes in follows the workspace',
  },
  contact: {
    title: 'Media of this contact',
    usual: 'As usual',
    'usual-hint': 'Follows the rules of the workspace.',
    shown: 'Always shown',
    'shown-hint': 'What they send is not covered.',
    flagged: 'Flagged',
    'flagged-hint': 'What they send is always covered.',
    'flagged-by-removal':
      'Flagged because something of theirs was removed. What they send is always covered.',
    always: 'Always show from this contact',
    'stop-always': 'Back to usual',
    flag: 'Flag: always cover',
    unflag: 'Take the flag back',
  },
};
