/** Codes that say the same to a person; of WhatsApp's by number (docs/whatsapp-cloud-api.md, 2.9). */
const codesOf = {
  access: [0, 3, 10, 131005, 131055],
  trouble: [1, 2, 131000, 131016, 131057, 133004],
  busy: [4, 80007, 131064, 132069, 'whatsapp-http-429'],
  number: [33, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016],
  invalid: [100, 131008, 131009, 135000],
  restricted: [368],
  experiment: [130472],
  country: [130497],
  self: [131021],
  'test-number': [131030],
  'display-name': [131037],
  marketing: [131050],
  'marketing-off': [131063],
  'media-unread': [131052],
  'media-refused': [131053],
  unavailable: [131060],
  'needs-phone': [131062, 'no-address'],
  flow: [132068],
  'payment-terms': [134011],
  identity: [137000],
  'block-list': [139100, 139101, 139102, 139103],
  'file-missing': ['file-missing'],
  'content-covered': ['content-covered'],
  network: ['network-unreachable'],
  late: ['not-sent-in-time'],
  'account-unreadable': ['account-unreadable'],
  settled: ['settled-as-failed'],
  unsaid: ['whatsapp-unknown'],
} as const;

export type FailureSentence = keyof typeof codesOf;

const sentences: ReadonlyMap<string, FailureSentence> = new Map(
  Object.entries(codesOf).flatMap(([sentence, codes]) =>
    codes.map((code): [string, FailureSentence] => [
      typeof code === 'number' ? `whatsapp-${code}` : code,
      sentence as FailureSentence,
    ]),
  ),
);

/** Which sentence a code is told by, of those that are fetched when one is needed; null for one that has none. */
export const sentenceOf = (code: string): FailureSentence | null =>
  sentences.get(code) ?? (/^whatsapp-2\d\d$/.test(code) ? 'access' : null);

/** What is shown of a code that nobody words. */
export const shortCode = (code: string): string => code.replace(/^whatsapp-/, '');
