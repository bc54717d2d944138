/**
 * Codes that say the same to a person about WhatsApp's own block list; of WhatsApp's by number
 * (docs/whatsapp-cloud-api.md, 1.7 and 2.9).
 */
const codesOf = {
  token: [190],
  access: [0, 3, 10, 131005, 131055],
  person: [100, 131008, 131009, 135000],
  unsaid: [139100],
  self: [131021],
  'waiting-for-message': [131047],
  'list-full': [139101],
  changed: [139102],
  busy: [4, 80007, 130429, 131048, 131056, 131064, 132069, 'whatsapp-http-429'],
  trouble: [1, 2, 131000, 131016, 131057, 133004, 139103],
  number: [33, 131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016],
  restricted: [368, 131031],
  account: [131037, 131042],
  // They are of a message, a template or a call: whatever answers so has not read what was asked.
  misplaced: [
    ...[130403, 130472, 130497, 131026, 131030, 131049, 131050, 131051, 131052, 131053, 131060],
    ...[131062, 131063, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068],
    ...[134011, 137000],
  ],
  disconnected: ['channel-not-connected'],
  silent: ['network-unreachable', 'no-answer'],
  unreadable: ['unreadable-answer'],
  ours: ['not-settled'],
} as const;

/** `http`: something between WhatsApp and us answered in its place. */
export type UpstreamSentence = keyof typeof codesOf | 'http';

const sentences: ReadonlyMap<string, UpstreamSentence> = new Map(
  Object.entries(codesOf).flatMap(([sentence, codes]) =>
    codes.map((code): [string, UpstreamSentence] => [
      typeof code === 'number' ? `whatsapp-${code}` : code,
      sentence as UpstreamSentence,
    ]),
  ),
);

const ranges: readonly (readonly [RegExp, UpstreamSentence])[] = [
  [/^whatsapp-2\d\d$/, 'access'],
  [/^whatsapp-http-5\d\d$/, 'trouble'],
  [/^whatsapp-http-\d+$/, 'http'],
];

/** Which sentence tells a person of this code; null for one that nobody has put into words. */
export const upstreamSentenceOf = (code: string): UpstreamSentence | null =>
  sentences.get(code) ?? ranges.find(([pattern]) => pattern.test(code))?.[1] ?? null;
