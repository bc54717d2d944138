export const languages = ['pt-BR', 'en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words. */
export const languageNames: Record<Language, string> = {
  'pt-BR': 'Português (Brasil)',
  en: 'English',
  es: 'Español',
};

export const isLanguage = (value: unknown): value is Language =>
  languages.some((language) => language === value);

/** The words of another language have exactly the keys of pt-BR; the compiler sees to it. */
export type SameKeys<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]>;
};
