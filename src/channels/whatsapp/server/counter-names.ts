/**
 * What is counted of a channel, by name. Whoever signs webhooks chooses the words in them, and each name is a row for good:
 * words of the sheet have a counter each, all others share `…-other` of their family.
 */
import { groupFields, knownFields } from '../webhook-fields.ts';
import { isListedCode } from './graph-error-codes.ts';
import { asInteger } from './wire.ts';

/** The words of each family, as docs/whatsapp-cloud-api.md has them. */
const families = {
  field: knownFields,
  // Those that are read are not counted; a deletion is told by another edge (sheet 0).
  status: ['deleted'],
  // Sheet 5; they are told on the number's page.
  'account-update': ['partner_removed', 'account_offboarded', 'account_reconnected'],
  // Sheet 4.7, what is no change of number or id.
  system: ['customer_identity_changed'],
  'call-status': ['ringing', 'accepted', 'rejected'],
  // Both that there are, add and remove, are read.
  'contact-sync-action': [],
  // Sheet 4.5.
  'message-without-person': [
    ...['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts'],
    ...[
      'reaction',
      'interactive',
      'button',
      'order',
      'unsupported',
      'edit',
      'revoke',
      'request_welcome',
    ],
  ],
} as const satisfies Record<string, readonly string[]>;
type Family = keyof typeof families;

const sets = new Map<string, ReadonlySet<string>>(
  Object.entries(families).map(([family, words]) => [family, new Set(words)]),
);

/** Fields are named as Meta writes them, everything else with hyphens. */
export const wordCounter = (family: Family, word: unknown): string => {
  const told = typeof word === 'string' ? word.toLowerCase() : '';
  const known = sets.get(family)?.has(told) === true ? told : 'other';
  return `${family}-${family === 'field' ? known : known.replaceAll('_', '-')}`;
};

type ErrorFamily = 'channel-error-' | 'send-error-';

export interface ErrorCounter {
  readonly name: string;
  /** The channel has room for so many of a family, and no more (channel.ts, CountedItem). */
  readonly family?: ErrorFamily;
}

const highestCode = 9_999_999;

/** Codes of the sheet always have a counter of their own, other plausible ones while there is room. */
export const errorCounter = (family: ErrorFamily, code: unknown): ErrorCounter => {
  const number = asInteger(code);
  if (number === undefined || number < 0 || number > highestCode) {
    return { name: `${family}other` };
  }
  const name = `${family}${number}`;
  return isListedCode(number) ? { name } : { name, family };
};

/** Of groups, none of whose items is read. */
export const groupCounters: readonly string[] = [
  ...['group-message', 'group-call', 'group-status'],
  ...groupFields.map((field) => wordCounter('field', field)),
];

export const otherCounters: readonly string[] = Object.keys(families).map(
  (family) => `${family}-other`,
);

/** `unknown`: from before, where WhatsApp gave no code. */
export const otherErrorCounters: readonly string[] = [
  ...['channel-error-other', 'channel-error-unknown', 'send-error-other'],
];
