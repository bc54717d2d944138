import type { Article } from '../article.ts';

/** By the path of their file; made by the build (scripts/help/). */
export const es = import.meta.glob<Article>('../../../../../docs/help/*.es.md', {
  eager: true,
  import: 'default',
});
