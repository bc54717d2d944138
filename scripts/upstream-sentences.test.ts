import { describe, expect, it } from 'vitest';
import { upstreamSentenceOf } from '../src/features/gate/upstream/contract.ts';
import { en } from '../src/features/gate/web/locales/upstream-en.ts';
import { es } from '../src/features/gate/web/locales/upstream-es.ts';
import { ptBR } from '../src/features/gate/web/locales/upstream-pt-br.ts';
import { all, classifiedCodes, read, simulatedCodes, sourcesIn } from './testing/graph-codes.ts';

const whys = { 'pt-BR': ptBR.why, en: en.why, es: es.why };

const places = /(?:code: |failed\(|\? |noAnswer = )'([a-z]+(?:-[a-z]+)+)'/g;
/** What our own code writes for an answer that has no number; the states have words of their own. */
const written = (): string[] =>
  [
    ...sourcesIn('src/features/gate/server/upstream'),
    ...sourcesIn('src/channels/whatsapp/server').filter((file) => /-list[-.]/.test(file)),
  ]
    .flatMap((file) => all(read(file), places))
    .filter((code) => code !== 'not-supported');

/** What came in the place of an answer of the Graph (`read-list-answer.ts`, `read-list-page.ts`). */
const statuses = [302, 400, 401, 403, 404, 413, 429, 500, 502, 503].map(
  (status) => `whatsapp-http-${status}`,
);

describe("why a block is not on WhatsApp's own list", () => {
  it('is found for the codes that are looked for', () => {
    expect(simulatedCodes().length).toBeGreaterThan(50);
    expect(classifiedCodes().length).toBeGreaterThan(60);
    expect(new Set(written())).toEqual(
      new Set(['no-answer', 'unreadable-answer', 'network-unreachable']),
    );
  });

  it('has a sentence in every language for each code that the list, or a message, can be answered with', () => {
    const numbers = [...simulatedCodes(), ...classifiedCodes(), '200', '204', '299'];
    const codes = [...numbers.map((code) => `whatsapp-${code}`), ...statuses, ...written()];
    for (const code of new Set([...codes, 'channel-not-connected'])) {
      const sentence = upstreamSentenceOf(code);
      expect(sentence, code).not.toBeNull();
      for (const why of Object.values(whys)) {
        expect(sentence && why[sentence], code).toMatch(/^\p{Lu}.+\.$/u);
      }
    }
  });

  it('names a number only where it says more than the words', () => {
    const coded = ['account', 'misplaced', 'http', 'other'];
    for (const why of Object.values(whys)) {
      const withCode = Object.entries(why).filter(([, said]) => said.includes('{{code}}'));
      expect(withCode.map(([sentence]) => sentence)).toEqual(coded);
    }
    expect(upstreamSentenceOf('whatsapp-999999')).toBeNull();
    expect(upstreamSentenceOf('whatsapp-2000')).toBeNull();
  });
});
