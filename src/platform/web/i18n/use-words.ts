import i18next, { type ResourceLanguage } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, type Language } from './languages.ts';

/**
 * The words of a part that is fetched by itself: they come with it, and again when the language changes.
 * @returns whether they are here, and how to ask again after a failure
 */
export function useWords(
  namespace: string,
  load: (language: Language) => Promise<ResourceLanguage[string]>,
): { state: 'loading' | 'ready' | 'failed'; again: () => void } {
  const { i18n } = useTranslation();
  const { language } = i18n;
  const [failed, setFailed] = useState<string | null>(null);
  const [, setLoaded] = useState<string | null>(null);
  const isHere = i18next.hasResourceBundle(language, namespace);
  useEffect(() => {
    if (isHere || failed === language || !isLanguage(language)) return;
    load(language).then(
      (words) => {
        i18next.addResourceBundle(language, namespace, words);
        setLoaded(language);
      },
      () => setFailed(language),
    );
  }, [isHere, failed, language, namespace, load]);
  const state = isHere ? 'ready' : failed === language ? 'failed' : 'loading';
  return { state, again: () => setFailed(null) };
}
