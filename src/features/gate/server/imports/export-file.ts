import type { Readable } from 'node:stream';
import type { Locale } from '#features/accounts/contract.ts';
import { csvOf } from '#platform/server/csv.ts';
import type { ExportedBlock } from './export-queries.ts';
import { reasonWords } from './words.ts';

/** The first ones are what an import reads; every language has the same in the same order. */
const codes = [
  ...['number', 'id', 'name', 'reason', 'note', 'until'],
  ...['since', 'ended_at', 'blocked_by', 'unblocked_by', 'attempts', 'last_attempt'],
];

const headings: Readonly<Record<Locale, readonly string[]>> = {
  'pt-BR': [
    ...['Número', 'Id', 'Nome', 'Motivo', 'Observação', 'Até'],
    ...['Desde', 'Encerrado em', 'Bloqueado por', 'Desbloqueado por'],
    ...['Tentativas', 'Última tentativa'],
  ],
  en: [
    ...['Number', 'Id', 'Name', 'Reason', 'Note', 'Until'],
    ...['Since', 'Ended at', 'Blocked by', 'Unblocked by', 'Attempts', 'Last attempt'],
  ],
  es: [
    ...['Número', 'Id', 'Nombre', 'Motivo', 'Observación', 'Hasta'],
    ...['Desde', 'Terminado el', 'Bloqueado por', 'Desbloqueado por'],
    ...['Intentos', 'Último intento'],
  ],
};

const cellsOf = (block: ExportedBlock, language: Locale | undefined): string[] => [
  block.number ?? '',
  block.userId ?? '',
  block.name,
  language === undefined ? block.reason : reasonWords[language][block.reason],
  block.note ?? '',
  block.until ?? '',
  block.since,
  block.endedAt ?? '',
  block.startedBy ?? '',
  block.liftedBy ?? '',
  String(block.attempts),
  block.lastAttempt ?? '',
];

async function* rowsOf(blocks: AsyncIterable<ExportedBlock>, language: Locale | undefined) {
  for await (const block of blocks) {
    yield cellsOf(block, language);
  }
}

/** Blocks as a file for people, in their language; without one for programs, with codes. An import reads each of them. */
export const blocksFile = (
  blocks: AsyncIterable<ExportedBlock>,
  language: Locale | undefined,
): Readable => csvOf(language === undefined ? codes : headings[language], rowsOf(blocks, language));
