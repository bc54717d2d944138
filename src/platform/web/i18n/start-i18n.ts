import i18next, { type Resource, type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages } from './languages.ts';

type LoadWords = (language: Language) => Promise<ResourceLanguage>;

let load: LoadWords | undefined;

async function ensureWords(language: Language): Promise<void> {
  if (i18next.getDataByLanguage(language) || !load) return;
  const words = await load(language);
  for (const [namespace, content] of Object.entries(words)) {
    i18next.addResourceBundle(language, namespace, content);
  }
}

/** Starts with one language; another one is fetched when it is asked for. */
export async function startI18n(first: Language, loadWords: LoadWords): Promise<void> {
  load = loadWords;
  const words = await loadWords(first);
  const resources: Resource = { [first]: words };
  await i18next.use(initReactI18next).init({
    lng: first,
    fallbackLng: false,
    supportedLngs: [...languages],
    resources,
    defaultNS: 'platform',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = first;
}

/** Fetches the words when they are missing, then changes every screen at once. */
export async function changeLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  await ensureWords(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
