import type { Plugin } from 'vite';
import type { Article } from '../../src/features/help/web/article.ts';
import { filesBehind, placeOf, readArticle } from './read-article.ts';

/** Pictures become files of the build, with the address that the build gives them. */
const codeOf = (article: Article): string => {
  const sources = article.blocks.flatMap((block) =>
    block.kind === 'picture' ? [block.source] : [],
  );
  const imports = sources.map(
    (source, at) => `import picture${at} from ${JSON.stringify(source)};\n`,
  );
  const text = sources.reduce(
    (code, source, at) =>
      code.replace(`"source":${JSON.stringify(source)}`, () => `"source":picture${at}`),
    JSON.stringify(article),
  );
  return `${imports.join('')}export default ${text};\n`;
};

/** Makes a module of each article in docs/help: the files are the one source of what the screens show. */
export const articlePlugin = (): Plugin => ({
  name: 'guarita-help-articles',
  transform: {
    filter: { id: /\/docs\/help\/[^/]+\.md$/ },
    handler(_code, id) {
      const place = placeOf(id);
      if (place === undefined) throw new Error(`${id} is no article that slugs.ts names`);
      for (const file of filesBehind()) this.addWatchFile(file);
      return { code: codeOf(readArticle(place.name, place.language)), moduleType: 'js', map: null };
    },
  },
});
