import { expect, it } from 'vitest';
import { blockReasons } from '../src/features/gate/contract.ts';
import { blocksFile } from '../src/features/gate/server/imports/export-file.ts';
import type { ExportedBlock } from '../src/features/gate/server/imports/export-queries.ts';
import { en } from '../src/features/gate/web/locales/en.ts';
import { es } from '../src/features/gate/web/locales/es.ts';
import { ptBR } from '../src/features/gate/web/locales/pt-br.ts';

async function* everyReason(): AsyncIterable<ExportedBlock> {
  const nothing = { number: null, userId: null, note: null, until: null, endedAt: null };
  const more = { name: '', since: '', startedBy: null, liftedBy: null, lastAttempt: null };
  for (const reason of blockReasons) yield { ...nothing, ...more, attempts: 0, reason };
}

it.each([
  ['pt-BR', ptBR.reasons],
  ['en', en.reasons],
  ['es', es.reasons],
] as const)(
  'a file of blocks in %s says its reasons as the screens do',
  async (language, words) => {
    let text = '';
    for await (const piece of blocksFile(everyReason(), language)) text += piece;
    const [, ...rows] = text.trimEnd().split('\r\n');
    expect(rows.map((row) => row.split(';')[3])).toEqual(
      blockReasons.map((reason) => words[reason]),
    );
  },
);
