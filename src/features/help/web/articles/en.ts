import type { Article } from '../article.ts';

/** By the path of their file; made by the build (scripts/help/). */
export const en = import.meta.glob<Article>('../../../../../docs/help/*.en.md', {
  eager: true,
  import: 'default',
});
