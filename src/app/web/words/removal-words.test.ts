import { expect, it } from 'vitest';
import { en as shownEn } from '#features/conversations/web/locales/withheld-en.ts';
import { es as shownEs } from '#features/conversations/web/locales/withheld-es.ts';
import { ptBR as shownPt } from '#features/conversations/web/locales/withheld-pt-br.ts';
import { en as askEn } from '#features/removals/web/locales/ask-en.ts';
import { es as askEs } from '#features/removals/web/locales/ask-es.ts';
import { ptBR as askPt } from '#features/removals/web/locales/ask-pt-br.ts';

interface Words {
  readonly [key: string]: string | Words;
}

/** Each sentence by its place, with the names of what is filled in. */
const gapsOf = (words: Words, at = ''): [string, string[]][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${at}${key}`, [...value.matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name).sort()]]
      : gapsOf(value, `${at}${key}.`),
  );

it.each([
  ['what is withheld', shownPt, [shownEn, shownEs]],
  ['asking', askPt, [askEn, askEs]],
])('words of %s are the same sentences in each language, with the same gaps', (_what, pt, rest) => {
  for (const other of rest) expect(gapsOf(other)).toEqual(gapsOf(pt));
});

it('says in the place of content what the product says, and nothing of what it was', () => {
  expect([shownPt.covered, shownPt['covered-why'], shownPt.removed]).toEqual([
    'Conteúdo ocultado',
    'Aguardando decisão da equipe responsável',
    'Conteúdo removido pela equipe responsável',
  ]);
  expect(shownPt.short).toEqual({ covered: 'Mensagem oculta', removed: 'Conteúdo removido' });
  expect(askPt.done.asked_one).toBe(
    'Solicitação nº {{numbers}} enviada. Conteúdo ocultado para todos.',
  );
});
