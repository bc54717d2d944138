import type { Locale } from '#features/accounts/contract.ts';
import { type BlockReason, blockReasons } from '../../contract.ts';

/** Spellings that are one word: case, accents, signs and spaces do not count. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

export const columnNames = ['number', 'id', 'name', 'reason', 'note', 'until'] as const;
export type ColumnName = (typeof columnNames)[number];

/** How people head their columns, in the three languages; the first is ours. */
const headings: Readonly<Record<ColumnName, readonly string[]>> = {
  number: [
    ...['number', 'numero', 'telefone', 'telefono', 'phone', 'phone number', 'numero de telefone'],
    ...['numero de telefono', 'celular', 'fone', 'movil', 'mobile', 'whatsapp'],
  ],
  id: ['id', 'user id', 'whatsapp id', 'id do whatsapp', 'id de whatsapp', 'bsuid', 'identidade'],
  name: ['name', 'nome', 'nombre', 'contact', 'contato', 'contacto'],
  reason: ['reason', 'motivo', 'motivo do bloqueio', 'motivo del bloqueo', 'block reason', 'razon'],
  note: ['note', 'notes', 'observacao', 'observacoes', 'observacion', 'obs', 'nota', 'notas'],
  until: ['until', 'ate', 'hasta', 'valido ate', 'bloqueado ate', 'blocked until', 'end', 'fim'],
};

const columnByHeading = new Map(
  columnNames.flatMap((column) => headings[column].map((heading) => [heading, column] as const)),
);

/** Which column of ours a heading names; undefined for one of somebody else's. */
export const columnOf = (heading: string): ColumnName | undefined =>
  columnByHeading.get(plain(heading));

/** The words of the screens (gate/web/locales): what an export writes, in the language of whoever asks. */
export const reasonWords: Readonly<Record<Locale, Readonly<Record<BlockReason, string>>>> = {
  'pt-BR': {
    offense: 'Ofensa ou ameaça',
    'sexual-harassment': 'Assédio sexual',
    'improper-content': 'Conteúdo impróprio',
    discrimination: 'Discriminação',
    fraud: 'Golpe ou fraude',
    spam: 'Spam',
    other: 'Outro',
  },
  en: {
    offense: 'Insult or threat',
    'sexual-harassment': 'Sexual harassment',
    'improper-content': 'Improper content',
    discrimination: 'Discrimination',
    fraud: 'Scam or fraud',
    spam: 'Spam',
    other: 'Other',
  },
  es: {
    offense: 'Ofensa o amenaza',
    'sexual-harassment': 'Acoso sexual',
    'improper-content': 'Contenido inapropiado',
    discrimination: 'Discriminación',
    fraud: 'Estafa o fraude',
    spam: 'Spam',
    other: 'Otro',
  },
};

/** What people write for them as well. */
const shorterWords: Readonly<Partial<Record<BlockReason, readonly string[]>>> = {
  offense: ['Ofensa', 'Ameaça'],
  'sexual-harassment': ['Assédio'],
  fraud: ['Golpe', 'Fraude', 'Scam'],
};

/** Words of every language, and codes. */
const reasonByWord = new Map(
  blockReasons.flatMap((reason) =>
    [
      reason,
      ...Object.values(reasonWords).map((words) => words[reason]),
      ...(shorterWords[reason] ?? []),
    ].map((word) => [plain(word), reason] as const),
  ),
);

export const reasonOf = (word: string): BlockReason | undefined => reasonByWord.get(plain(word));
