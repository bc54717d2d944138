import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export type { helpWords } from './help-words.ts';

/** The pages of the help, fetched when one is opened, articles and all. */
export const HelpIndex = lazyPart(
  () => import('./help-index.tsx'),
  (file) => file.HelpIndex,
);
export const ArticleScreen = lazyPart(
  () => import('./article-screen.tsx'),
  (file) => file.ArticleScreen,
);
export const AnswersScreen = lazyPart(
  () => import('./answers-screen.tsx'),
  (file) => file.AnswersScreen,
);
