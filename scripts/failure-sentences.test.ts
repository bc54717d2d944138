import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../src/features/conversations/failures/contract.ts';
import { en as commonEn } from '../src/features/conversations/web/locales/en.ts';
import { es as commonEs } from '../src/features/conversations/web/locales/es.ts';
import { en as rareEn } from '../src/features/conversations/web/locales/failures-en.ts';
import { es as rareEs } from '../src/features/conversations/web/locales/failures-es.ts';
import { ptBR as rarePt } from '../src/features/conversations/web/locales/failures-pt-br.ts';
import { ptBR as commonPt } from '../src/features/conversations/web/locales/pt-br.ts';
import { en as templatesEn } from '../src/features/templates/web/locales/en.ts';
import { es as templatesEs } from '../src/features/templates/web/locales/es.ts';
import { ptBR as templatesPt } from '../src/features/templates/web/locales/pt-br.ts';
import { all, classifiedCodes, read, simulatedCodes, sourcesIn } from './testing/graph-codes.ts';

/** What becomes of a number: `send-outcome.ts`, `receive-statuses.ts`. */
const named = (code: string): string => (code === '131047' ? 'window-closed' : `whatsapp-${code}`);

const code = "'([a-z]+(?:-[a-z0-9]+)+)'";
const places = [
  String.raw`kind: '(?:refused|retry)',\s*code: `,
  String.raw`errorCode\b[^\n']*(?:'failed' \? )?`,
  String.raw`insertRefused\([^\n']*`,
];
/** Their codes are of what could not be deleted yet, no message's. */
const ofOtherThings = 'src/features/removals';
/** The words that our own code writes. */
const written = (): string[] =>
  ['src/features', 'src/channels']
    .flatMap(sourcesIn)
    .filter((file) => !file.startsWith(ofOtherThings))
    .flatMap((file) => all(read(file), new RegExp(`(?:${places.join('|')})${code}`, 'g')));

const languages = {
  'pt-BR': { ...commonPt.failure, ...templatesPt.failure, rare: rarePt },
  en: { ...commonEn.failure, ...templatesEn.failure, rare: rareEn },
  es: { ...commonEs.failure, ...templatesEs.failure, rare: rareEs },
};

const sentenceIn = (language: keyof typeof languages, code: string): string | undefined => {
  const { rare, ...common } = languages[language];
  const rarely = sentenceOf(code);
  return (common as Record<string, string>)[code] ?? (rarely === null ? undefined : rare[rarely]);
};

describe('why a message was not sent', () => {
  it('is found for the codes that are looked for', () => {
    expect(simulatedCodes().length).toBeGreaterThan(50);
    expect(classifiedCodes().length).toBeGreaterThan(60);
    expect(written()).toEqual(
      expect.arrayContaining([
        'contact-blocked',
        'file-missing',
        'settled-as-failed',
        'no-address',
        'network-unreachable',
        'whatsapp-http-429',
      ]),
    );
  });

  it('has a sentence in every language for each code that we or the simulator can produce', () => {
    const numbers = [...simulatedCodes(), ...classifiedCodes(), '204'].map(named);
    const codes = new Set([...numbers, ...written(), 'window-closed', 'whatsapp-unknown']);
    for (const code of codes) {
      for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
        const sentence = sentenceIn(language, code);
        expect(sentence, `${code} in ${language}`).toMatch(/^\p{Lu}[^{}]+$/u);
      }
    }
  });

  it('leaves the code in the general one', () => {
    for (const { rare } of Object.values(languages)) {
      expect(rare.coded).toContain('{{code}}');
    }
    expect(sentenceOf('whatsapp-999999')).toBeNull();
    expect(sentenceOf('whatsapp-http-418')).toBeNull();
  });
});
