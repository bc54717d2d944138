import { languageNames, languages } from '#platform/web/i18n/languages.ts';

/** Every language in its own words, for a `<select>`. */
export const LanguageOptions = () =>
  languages.map((language) => (
    <option key={language} value={language}>
      {languageNames[language]}
    </option>
  ));
