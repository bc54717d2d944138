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

/** The words of the screens (gate/web/locales) in three languages; codes are read too. */
const reasonWords: Readonly<Record<BlockReason, readonly string[]>> = {
  offense: ['Ofensa ou ameaça', 'Insult or threat', 'Ofensa o amenaza', 'Ofensa', 'Ameaça'],
  'sexual-harassment': ['Assédio sexual', 'Sexual harassment', 'Acoso sexual', 'Assédio'],
  'improper-content': ['Conteúdo impróprio', 'Improper content', 'Contenido inapropiado'],
  discrimination: ['Discriminação', 'Discrimination', 'Discriminación'],
  fraud: ['Golpe ou fraude', 'Scam or fraud', 'Estafa o fraude', 'Golpe', 'Fraude', 'Scam'],
  spam: ['Spam'],
  other: ['Outro', 'Other', 'Otro'],
};

const reasonByWord = new Map(
  blockReasons.flatMap((reason) =>
    [reason, ...reasonWords[reason]].map((word) => [plain(word), reason] as const),
  ),
);

export const reasonOf = (word: string): BlockReason | undefined => reasonByWord.get(plain(word));
