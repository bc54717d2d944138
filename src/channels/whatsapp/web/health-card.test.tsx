import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { TimeZoneProvider } from '#platform/web/format.tsx';
import { type Language, languages } from '#platform/web/i18n/languages.ts';
import {
  type Inspection,
  inspectionSchema,
  type WhatsAppNumber,
  whatsAppNumberSchema,
} from '../contract.ts';
import { ErrorCard } from './error-card.tsx';
import { HealthCard } from './health-card.tsx';
import { stateOf } from './number-state.ts';
import { loadChannelWords } from './words.ts';

const at = '2026-11-20T12:30:00.000Z';
const tally = (occurrences: number) => ({ occurrences, lastAt: occurrences === 0 ? null : at });

/** As the server would answer it: what the contract does not allow fails here. */
const aNumber = (more: Partial<WhatsAppNumber> = {}): WhatsAppNumber =>
  whatsAppNumberSchema.parse({
    ...{ id: '0199f6a0-0000-7000-8000-000000000001', name: 'Balcão' },
    ...{ displayNumber: '5511900000000', phoneNumberId: '100000000000001' },
    ...{ wabaId: '200000000000001', connectedAt: at, disconnectedAt: null },
    ...{ hasReadableSecrets: true, hasAccessToken: true, hasAppSecret: true, hasVerifyToken: true },
    ...{ accessTokenEnd: 'wxyz', lastHandshakeAt: at, lastWebhookAt: at, lastSentAt: null },
    ...{ signatureFailures: tally(0), unknownNumbers: { ...tally(0), lastId: null } },
    ...{ groupItems: tally(0), otherItems: tally(0), errors: [], otherErrors: tally(0) },
    ...{ delaySeconds: null, cutOff: null, historyImport: null },
    ...{ appSync: { historyAskedAt: null, contactsAskedAt: null, contactsAt: null } },
    ...more,
  });

const fine = { state: 'ok', code: null } as const;
const facts = {
  ...{ displayNumber: '+55 11 90000-0000', verifiedName: 'Balcão', status: 'CONNECTED' },
  ...{ quality: 'GREEN', limit: 'TIER_1K', throughput: 'STANDARD', isOnBusinessApp: false },
};

const anInspection = (
  more: Partial<Inspection['check']> & { subscription?: Inspection['subscription'] } = {},
): Inspection => {
  const { subscription = 'own', ...check } = more;
  return inspectionSchema.parse({
    check: {
      ...{ accessToken: fine, phoneNumberId: fine, wabaId: fine, appSecret: fine },
      ...{ facts, clockSeconds: 0, ...check },
    },
    subscription,
  });
};

beforeAll(async () => {
  const words = await Promise.all(languages.map(loadChannelWords));
  const resources = Object.fromEntries(
    languages.map((language, n) => [
      language,
      { channels: words[n] ?? {}, platform: { today: 'hoje', yesterday: 'ontem' } },
    ]),
  );
  await i18next.use(initReactI18next).init({
    ...{ lng: 'pt-BR', fallbackLng: false, supportedLngs: [...languages], resources },
    ...{ interpolation: { escapeValue: false }, react: { useSuspense: false } },
  });
});

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A word that nobody translated is drawn as its key. */
const rawKey = /\b(?:health|errors|check|business-app)\.[a-z]/;

const draw = async (
  number: WhatsAppNumber,
  inspection?: Inspection,
  language: Language = 'pt-BR',
): Promise<string> => {
  await i18next.changeLanguage(language);
  const client = new QueryClient();
  if (inspection !== undefined) {
    client.setQueryData(['channels', 'inspection', number.id], inspection);
  }
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <TimeZoneProvider zone="America/Sao_Paulo">
        <HealthCard number={number} />
        <ErrorCard errors={number.errors} otherErrors={number.otherErrors} />
      </TimeZoneProvider>
    </QueryClientProvider>,
  );
};

/** The line of this name: what stands beside it, and whether it is marked. */
const lineOf = async (name: string, number: WhatsAppNumber, inspection?: Inspection) => {
  const html = await draw(number, inspection);
  expect(textOf(html)).not.toMatch(rawKey);
  const [, look = '', value = ''] =
    new RegExp(
      `<dt[^>]*>${name.replaceAll(/[()]/g, '\\$&')}</dt><dd class="([^"]*)">(.*?)</dd>`,
    ).exec(html) ?? [];
  return { text: textOf(value), isBad: look.includes('text-amber') };
};

const said = (text: string) => ({ text, isBad: false });
const bad = (text: string) => ({ text, isBad: true });
const withFacts = (more: Partial<typeof facts>) => anInspection({ facts: { ...facts, ...more } });

describe('what Meta says of a number', () => {
  it.each([
    ['Token de acesso', anInspection(), said('vale, termina em …wxyz')],
    ['Chave secreta', anInspection(), said('Confere')],
    ['Situação na Meta', anInspection(), said('conectado')],
    ['Situação na Meta', withFacts({ status: 'BANNED' }), bad('banido')],
    ['Qualidade', anInspection(), said('alta')],
    ['Qualidade', withFacts({ quality: 'YELLOW' }), bad('média')],
    ['Qualidade', withFacts({ quality: 'RED' }), bad('baixa: o WhatsApp pode limitar o número')],
    ['Qualidade', withFacts({ quality: 'UNKNOWN' }), said('UNKNOWN')],
    ['Limite de conversas iniciadas por dia', anInspection(), said('1.000')],
    ['Limite de conversas iniciadas por dia', withFacts({ limit: 'TIER_250' }), said('250')],
    [
      'Limite de conversas iniciadas por dia',
      withFacts({ limit: 'TIER_UNLIMITED' }),
      said('sem limite'),
    ],
    ['Vazão', anInspection(), said('padrão (80 mensagens por segundo)')],
    ['Vazão', withFacts({ throughput: 'HIGH' }), said('alta')],
    [
      'Vazão',
      withFacts({ isOnBusinessApp: true }),
      said('20 mensagens por segundo, fixas: o número também está no aplicativo'),
    ],
    ['Relógio', anInspection({ clockSeconds: 5 }), said('certo')],
    [
      'Relógio',
      anInspection({ clockSeconds: -42 }),
      bad('42 s de diferença: acerte o relógio do servidor'),
    ],
    ['Relógio', anInspection({ clockSeconds: null }), said('a Meta não disse')],
    ['Qualidade', undefined, said('Perguntando à Meta…')],
  ])('%s', async (name, inspection, expected) => {
    expect(await lineOf(name, aNumber(), inspection)).toEqual(expected);
  });

  it.each([
    ['own', said('assinados')],
    ['foreign', bad('só outro aplicativo está assinado, este não: nada chega aqui Assinar agora')],
    ['some', said('há um aplicativo assinado; a Meta não disse se é este')],
    ['none', bad('não assinados: nada chega Assinar agora')],
    [null, said('a Meta não disse')],
  ] as const)(
    'whose app is subscribed, with a way to be it where it is not: %s',
    async (subscription, expected) => {
      const inspection = anInspection({ subscription });
      expect(await lineOf('Webhooks da conta', aNumber(), inspection)).toEqual(expected);
    },
  );
});

describe('what a number was last seen doing', () => {
  const last = '20/11/2026, 09:30';
  it.each([
    ['Endereço verificado', {}, said(last)],
    ['Último webhook recebido', {}, said(last)],
    ['Último webhook recebido', { lastWebhookAt: null }, said('nunca')],
    ['Última mensagem enviada', {}, said('nunca')],
    ['Última mensagem enviada', { lastSentAt: at }, said(last)],
    ['Atraso das mensagens', { delaySeconds: 3 }, said('3 s')],
    ['Assinaturas erradas', {}, said('nada')],
    [
      'Assinaturas erradas',
      { signatureFailures: tally(2), lastWebhookAt: null },
      bad(`2, ${last}`),
    ],
    ['Avisos de números não conectados', {}, said('nada')],
    [
      'Avisos de números não conectados',
      { unknownNumbers: { ...tally(3), lastId: '777000777' } },
      said('3, o último do número 777000777'),
    ],
    ['Itens de grupos (só contados)', { groupItems: tally(4) }, said(`4, ${last}`)],
    ['Avisos de tipos desconhecidos (só contados)', {}, said('nada')],
    ['Avisos de tipos desconhecidos (só contados)', { otherItems: tally(5) }, said(`5, ${last}`)],
  ])('%s', async (name, more, expected) => {
    expect(await lineOf(name, aNumber(more), anInspection())).toEqual(expected);
  });

  it('errors by code, and those without one', async () => {
    const errors = [{ code: 130_429, ...tally(2) }];
    const text = textOf(await draw(aNumber({ errors, otherErrors: tally(1) }), anInspection()));
    expect(text).toContain('Mensagens demais em pouco tempo');
    expect(text).toContain(`2 vezes, a última ${last}`);
    expect(text).toContain('código 130429');
    expect(text).toContain(`1 vez com outros códigos ou sem código, ${last}`);
    expect(textOf(await draw(aNumber(), anInspection()))).toContain('Nenhum erro até agora.');
  });

  it.each([
    ['partner-removed', 'um aplicativo perdeu o acesso a esta conta'],
    ['offboarded', 'o WhatsApp tirou este número da API'],
  ] as const)('that WhatsApp cut it off, and what to do: %s', async (kind, words) => {
    const number = aNumber({ cutOff: { kind, at } });
    const html = await draw(number, anInspection());
    expect(html).toContain('role="status"');
    expect(textOf(html)).toContain(`Em ${last} o WhatsApp`);
    expect(textOf(html)).toContain(words);
    expect(stateOf(number)).toBe('cut-off');
    expect(await draw(aNumber(), anInspection())).not.toContain('role="status"');
  });
});

it.each(languages)('nothing is drawn as a raw key in %s', async (language) => {
  const number = aNumber({
    ...{ delaySeconds: 3, cutOff: { kind: 'offboarded', at }, groupItems: tally(4) },
    ...{ unknownNumbers: { ...tally(3), lastId: '777000777' }, otherErrors: tally(1) },
  });
  for (const subscription of ['own', 'foreign', 'some', 'none', null] as const) {
    const text = textOf(await draw(number, anInspection({ subscription }), language));
    expect(text).not.toMatch(rawKey);
    expect(text).not.toMatch(/\{\{|undefined|\[object/);
  }
});
