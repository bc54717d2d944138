import type { InboundInput } from '../../simulator/inject/inbound-spec.ts';
import type { Http } from '../../src/app/server/testing/http-client.ts';

/** Where a word like no other is planted. */
export const canaryPlaces = [
  'text',
  'edited',
  'caption',
  'bytes',
  'filename',
  'document',
  'place',
  'address',
  'card',
  'advertisement',
  'own',
  'key',
  'profile',
  'username',
  'film',
  'attached',
  'sent',
  'sentname',
  'reaction',
  'value',
  'button',
  'listed',
  'link',
] as const;
export type CanaryPlace = (typeof canaryPlaces)[number];
export type Canaries = Readonly<Record<CanaryPlace, string>>;

/** Words that are in files alone; every other one is in a row. */
export const inFiles: readonly CanaryPlace[] = ['bytes', 'document', 'attached'];

/** In small letters and digits, so that no stemmer changes them. */
export const makeCanaries = (seed: number): Canaries =>
  Object.fromEntries(canaryPlaces.map((place) => [place, `zq${seed}${place}`])) as Record<
    CanaryPlace,
    string
  >;

/** The same picture with a word in a comment. */
const withComment = (picture: Buffer, word: string): Buffer => {
  const text = Buffer.from(word);
  const head = Buffer.from([0xff, 0xfe, 0, text.byteLength + 2]);
  return Buffer.concat([picture.subarray(0, 2), head, text, picture.subarray(2)]);
};

/** What a person sends: a word in every place there is for one. */
export const messagesWith = (words: Canaries, picture: Buffer): InboundInput[] => [
  { type: 'text', text: `antes ${words.text} depois` },
  {
    type: 'image',
    text: `legenda ${words.caption}`,
    media: { base64: withComment(picture, words.bytes).toString('base64') },
  },
  {
    type: 'document',
    filename: `${words.filename}.txt`,
    mimeType: 'text/plain',
    media: { base64: Buffer.from(`sobre ${words.document}\n`.repeat(40)).toString('base64') },
  },
  {
    type: 'location',
    title: `Sala ${words.place}`,
    address: `Rua ${words.address}, 10`,
    latitude: -23.5,
    longitude: -46.6,
  },
  {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: `Bia ${words.card}`, first_name: 'Bia' },
        phones: [{ phone: '+55 11 3333-4444' }],
      },
    ],
  },
  {
    type: 'text',
    text: 'vi o anúncio',
    referral: {
      source_url: 'https://fb.example/ad',
      source_type: 'ad',
      source_id: '1',
      headline: `Promoção ${words.advertisement}`,
    },
  },
];

/** More of what a person sends: none of these is handed on, but for the first. */
export const moreWith = (words: Canaries): InboundInput[] => [
  { type: 'video', text: `filme ${words.film}`, media: { sample: 'video' } },
  { type: 'sticker', media: { sample: 'sticker' } },
  { type: 'audio', voice: true, media: { sample: 'voice' } },
  { type: 'list_reply', title: `Opção ${words.listed}`, description: 'a segunda' },
];

/** What we send, beside plain text: a word in every place there is for one. */
export const oursWith = (words: Canaries, uploadId: string): object[] => [
  { type: 'document', uploadId, caption: `segue ${words.sent}` },
  {
    type: 'template',
    ...{ name: 'confirmacao_de_horario', language: 'pt_BR' },
    header: { values: { nome: words.value } },
    body: { data: '12 de março', hora: '14h30', profissional: 'Bruno' },
  },
  {
    type: 'buttons',
    text: 'Qual?',
    buttons: [
      { id: 'a', title: words.button },
      { id: 'b', title: 'Outra' },
    ],
  },
];

/** Calls of one key that must succeed. @returns what they answer */
export const callerFor =
  (http: Http, key: string) =>
  async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> => {
    const asked = body === undefined ? {} : { body };
    const answer = await http(`/api/v1${path}`, { key, method, headers, ...asked });
    if (answer.status >= 400) {
      throw new Error(`${method} ${path}: ${answer.status} ${answer.code}`);
    }
    return answer.json;
  };
export type Call = ReturnType<typeof callerFor>;
