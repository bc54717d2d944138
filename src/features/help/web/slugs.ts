import type { Language } from '#platform/web/i18n/languages.ts';
import type { HelpArticle } from '../contract.ts';

/** What the files of each article are called, in the order in which they are listed. Links are made with the Portuguese one, as all addresses are. */
export const slugs = {
  'block-contact': {
    'pt-BR': 'bloquear-contato',
    en: 'block-contact',
    es: 'bloquear-contacto',
  },
  'ask-for-block': { 'pt-BR': 'pedir-bloqueio', en: 'ask-for-block', es: 'pedir-bloqueo' },
  removal: { 'pt-BR': 'remocao', en: 'removal', es: 'retirada' },
  'covered-media': { 'pt-BR': 'midia-oculta', en: 'covered-media', es: 'medios-ocultos' },
  'erase-data': { 'pt-BR': 'apagar-dados', en: 'erase-data', es: 'borrar-datos' },
} as const satisfies Record<HelpArticle, Record<Language, string>>;

const isArticle = (name: string): name is HelpArticle => Object.hasOwn(slugs, name);

export const articleNames: readonly HelpArticle[] = Object.keys(slugs).filter(isArticle);

/** By the name that it has in any language: an address that was shared opens in the language of whoever follows it. */
export const articleAt = (slug: string): HelpArticle | undefined =>
  articleNames.find((name) => Object.values<string>(slugs[name]).includes(slug));
