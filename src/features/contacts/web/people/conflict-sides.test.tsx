import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { TimeZoneProvider } from '#platform/web/format.tsx';
import { type Language, languages } from '#platform/web/i18n/languages.ts';
import {
  type ConflictOutcome,
  conflictOutcomes,
  type IdentityConflict,
  identityConflictSchema,
} from '../../people/contract.ts';
import { en } from '../locales/people-en.ts';
import { es } from '../locales/people-es.ts';
import { ptBR } from '../locales/people-pt-br.ts';
import { ConflictSides } from './conflict-sides.tsx';

const at = '2026-11-20T12:30:00.000Z';
const ofLanguage = { 'pt-BR': ptBR, en, es };

/** As the server would answer it. */
const aConflict = (outcome: ConflictOutcome | null): IdentityConflict =>
  identityConflictSchema.parse({
    ...{ id: '0199f6a0-0000-7000-8000-000000000001', kind: 'same-number-other-account' },
    ...{ identityKind: 'phone', maskedIdentity: '+55 11 ••••-0000', openedAt: at },
    contact: {
      ...{ id: '0199f6a0-0000-7000-8000-000000000002', name: 'Ana', maskedNumber: null },
      ...{ isBlocked: true, createdAt: at, identities: [], conversations: [] },
      conversationCount: 1,
    },
    ...{ other: null, outcomes: [], outcome, decidedAt: outcome && at, decidedBy: null },
  });

beforeAll(async () => {
  const resources = Object.fromEntries(
    languages.map((language) => [language, { people: ofLanguage[language] }]),
  );
  await i18next.use(initReactI18next).init({
    ...{ lng: 'pt-BR', fallbackLng: false, supportedLngs: [...languages], resources },
    ...{ interpolation: { escapeValue: false }, react: { useSuspense: false } },
  });
});

const draw = async (conflict: IdentityConflict, language: Language): Promise<string> => {
  await i18next.changeLanguage(language);
  return renderToStaticMarkup(
    <TimeZoneProvider zone="America/Sao_Paulo">
      <ConflictSides conflict={conflict} contactLink={({ name }) => name} />
    </TimeZoneProvider>,
  );
};

describe.each([...languages])('a conflict with one side, in %s', (language) => {
  const { conflicts } = ofLanguage[language];
  it.each([null, ...conflictOutcomes])('tells of nothing that is not so: %s', async (outcome) => {
    const html = await draw(aConflict(outcome), language);
    expect(html).toContain('Ana');
    // An account that nobody has is one that waits, or that was left as it is.
    expect(html.includes(conflicts['nobody-yet-hint'])).toBe(
      outcome === null || outcome === 'apart',
    );
    expect(html.includes(conflicts['one-by-now'])).toBe(outcome === 'merged');
  });
});
