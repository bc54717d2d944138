import { isLanguage, type Language } from '#platform/web/i18n/languages.ts';

/** What a `<select>` or the browser names, as a language we have. */
export const languageOf = (value: string): Language => (isLanguage(value) ? value : 'pt-BR');
