import { Link } from '@tanstack/react-router';
import { FileQuestionMark } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import type { HelpArticle } from '../contract.ts';
import type { Article } from './article.ts';
import { ArticleBody } from './article-body.tsx';
import { sectionsOf } from './article-text.ts';
import { BackToHelp, HelpFrame, WithArticles } from './help-frame.tsx';
import { articleAt, slugs } from './slugs.ts';
import { WasItUseful } from './was-it-useful.tsx';

export interface ArticleScreenProps {
  slug: string;
  /** Of the address: where in the article; empty for its beginning. */
  section: string;
}

/** `/ajuda/SLUG`: one article, in the language of whoever reads it. */
export function ArticleScreen({ slug, section }: ArticleScreenProps) {
  const name = articleAt(slug);
  return (
    <HelpFrame key={slug}>
      <div className="mx-auto w-full max-w-[1000px] px-8 py-8 max-md:px-4 max-md:py-5">
        <BackToHelp />
        {name === undefined ? (
          <Unknown />
        ) : (
          <WithArticles>
            {(articles) => <Whole name={name} article={articles[name]} section={section} />}
          </WithArticles>
        )}
      </div>
    </HelpFrame>
  );
}

function Unknown() {
  const { t } = useTranslation('help');
  return (
    <EmptyState
      icon={<FileQuestionMark />}
      title={t('unknown')}
      hint={t('unknown-hint')}
      action={
        <Link to="/ajuda" className={buttonClass('plain')}>
          {t('back')}
        </Link>
      }
    />
  );
}

interface WholeProps {
  name: HelpArticle;
  article: Article;
  section: string;
}

function Whole({ name, article, section }: WholeProps) {
  useSection(section);
  return (
    <div className="flex items-start gap-10">
      <div className="min-w-0 max-w-[680px] flex-1">
        <h1 className="mb-4 text-page font-semibold tracking-[-0.01em]">{article.title}</h1>
        <ArticleBody blocks={article.blocks} />
        <WasItUseful article={name} />
      </div>
      <Contents slug={slugs[name]['pt-BR']} article={article} />
    </div>
  );
}

/** Goes to the part that the address names, once it is there; the keyboard goes on from it. */
function useSection(section: string): void {
  useEffect(() => {
    if (section === '') return;
    const heading = document.getElementById(section);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  }, [section]);
}

/** Beside the article, where there is room. */
function Contents({ slug, article }: { slug: string; article: Article }) {
  const { t } = useTranslation('help');
  const sections = sectionsOf(article).flatMap(({ id, title }) =>
    id === null ? [] : [{ id, title }],
  );
  return (
    <nav aria-labelledby="help-contents" className="sticky top-8 w-56 shrink-0 max-xl:hidden">
      <p id="help-contents" className="mb-1 text-preview font-medium text-ink-faint">
        {t('contents')}
      </p>
      <ul>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <Link
              to="/ajuda/$slug"
              params={{ slug }}
              hash={id}
              replace
              className="block rounded-small py-1 text-preview text-ink-soft hover:text-ink"
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
