import type { Article } from '../article.ts';

/** By the path of their file; made by the build (scripts/help/). */
export const ptBR = import.meta.glob<Article>('../../../../../docs/help/*.pt-BR.md', {
  eager: true,
  import: 'default',
});
