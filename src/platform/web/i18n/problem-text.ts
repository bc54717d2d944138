import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../http.ts';

/** What a person reads of a failure. The id is for whoever is asked for help. */
export interface ProblemText {
  text: string;
  requestId: string | undefined;
}

/**
 * The words of a failure by its code: every feature keeps its own under `problem.<code>`. A code that nobody words
 * falls back to one plain sentence.
 */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t, i18n } = useTranslation('platform');
  return (error) => {
    const code = error instanceof ApiProblem ? error.code : 'unexpected';
    const requestId = error instanceof ApiProblem ? error.requestId : undefined;
    const spaces = Object.keys(i18n.getDataByLanguage(i18n.language) ?? {});
    for (const namespace of spaces) {
      const words: unknown = i18n.getResource(i18n.language, namespace, `problem.${code}`);
      if (typeof words === 'string') return { text: words, requestId };
    }
    return { text: t('problem.unexpected'), requestId };
  };
}
