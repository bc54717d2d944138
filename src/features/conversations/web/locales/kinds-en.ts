import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './kinds-pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  call: {
    rings: 'Voice call ringing',
    'under-way': 'Voice call under way',
    'not-taken': 'Voice call not answered',
  },
  answer: { yes: 'Yes', no: 'No' },
  card: { 'own-number': 'Sent their own number', born: 'Born: {{date}}' },
  catalog: 'Catalogue {{id}}',
  /** What WhatsApp does not hand on, by its own word for it; also in lists. */
  missing: {
    button: 'Sent a message with buttons',
    edit: 'Edited a message',
    errors: 'Sent a message that failed at WhatsApp',
    gif: 'Sent a GIF',
    group_invite: 'Sent an invitation to a group',
    hsm: 'Sent a company’s message template',
    image: 'Sent a photo that opens on the phone only',
    interactive: 'Sent a message with buttons or a list',
    keep_in_chat: 'Kept a disappearing message',
    link_preview: 'Sent a link with a preview',
    list: 'Sent a list of options',
    location: 'Sent a location that opens on the phone only',
    media_placeholder: 'Sent a file that opens on the phone only',
    order: 'Sent an order',
    pin: 'Pinned a message on the phone',
    poll_creation: 'Sent a poll',
    poll_update: 'Voted in a poll',
    product: 'Sent a product',
    reaction: 'Reacted to a message',
    unavailable: 'Sent a message that did not get here',
    file: 'Sent a file that WhatsApp did not hand on',
  },
  'missing-hint': {
    other:
      'WhatsApp does not hand this on here. The person sees it on the phone: if you need it, ask for it in another way.',
    edit: 'On this number WhatsApp does not hand on the new text: what the person’s phone shows is what counts.',
    pin: 'Only a notice: nothing is missing in this conversation.',
    keep_in_chat: 'Only a notice: nothing is missing in this conversation.',
    reaction: 'WhatsApp did not say with which emoji, nor to which message.',
    poll_update: 'WhatsApp hands on neither polls nor votes here.',
    unavailable:
      'It was written on a linked device that WhatsApp does not hand on here (Windows or a watch), or it is the first one that came from an ad. Ask for it again from the phone.',
    file: 'It is over 100 MB, or WhatsApp could not fetch it. Ask for a smaller file.',
  },
  reaction: {
    in: 'Reacted {{emoji}} to: {{what}}',
    out: 'You reacted {{emoji}} to: {{what}}',
  },
};
