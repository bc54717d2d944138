import type { mediaPtBR } from './media-pt-br.ts';

/** What the audit log says of covered media. */
export const mediaEn: typeof mediaPtBR = {
  facts: { coveredFrom: 'covered from', kinds: 'kinds', placeholder: 'in its place' },
  actions: {
    revealed: 'asked to see covered media',
    'cover-settings-changed': 'changed the rules of covered media',
    'contact-flagged': 'flagged a contact: their media arrives covered',
    'contact-unflagged': 'took the flag of a contact back',
    'contact-always-shown': 'set the media of a contact to be shown always',
    'contact-shown-ended': 'set the media of a contact back to usual',
  },
};
