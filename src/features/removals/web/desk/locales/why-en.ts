import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { whyPtBR } from './why-pt-br.ts';

/** Why it was decided so. */
export const whyEn: SameKeys<typeof whyPtBR> = {
  remove: 'Why it goes',
  keep: 'Why it stays',
  missing: 'Say why it stays.',
  because: 'Reason: {{reason}}',
  kept: {
    'no-breach': 'Within the rules',
    needed: 'Needed: evidence or work',
    'by-mistake': 'Asked by mistake',
    'not-the-same': 'Not the same',
    other: 'Other',
  },
};
