import { Link } from '@tanstack/react-router';
import { MessagesSquare, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import type { HelpArticle } from '../contract.ts';
import { findIn, leadOf, type Section, wantedOf } from './article-text.ts';
import { HelpFrame, WithArticles } from './help-frame.tsx';
import { articleNames, slugs } from './slugs.ts';
import type { Articles } from './use-articles.ts';

export interface HelpIndexProps {
  search: string;
  onSearch: (search: string) => void;
}

/** `/ajuda`: every article, or those that speak of what is looked for. */
export function HelpIndex(props: HelpIndexProps) {
  return (
    <HelpFrame>
      <Index {...props} />
    </HelpFrame>
  );
}

function Index({ search, onSearch }: HelpIndexProps) {
  const { t } = useTranslation('help');
  const reads = useRight('help-answer.read');
  return (
    <div className="mx-auto w-full max-w-[720px] px-8 py-8 max-md:px-4 max-md:py-5">
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
          <p className="mt-1 text-ink-soft">{t('intro')}</p>
        </div>
        {reads && (
          <Link to="/ajuda/respostas" className={buttonClass('plain')}>
            <MessagesSquare className="size-4" />
            {t('answers.open')}
          </Link>
        )}
      </header>
      <TextField
        type="search"
        label={t('search')}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
      />
      <WithArticles>
        {(articles) => (
          <List articles={articles} wanted={wantedOf(search)} onClear={() => onSearch('')} />
        )}
      </WithArticles>
    </div>
  );
}

interface ListProps {
  articles: Articles;
  wanted: readonly string[];
  onClear: () => void;
}

function List({ articles, wanted, onClear }: ListProps) {
  const { t } = useTranslation('help');
  const found = articleNames.flatMap((name) => {
    const sections = wanted.length === 0 ? [] : findIn(articles[name], wanted);
    return sections === undefined ? [] : [{ name, sections }];
  });
  return (
    <>
      <p
        role="status"
        className={wanted.length === 0 ? 'sr-only' : 'mt-3 text-meta text-ink-faint'}
      >
        {t('found', { count: found.length })}
      </p>
      {found.length === 0 ? (
        <EmptyState
          icon={<Search />}
          title={t('empty')}
          hint={t('empty-hint')}
          action={<Button onClick={onClear}>{t('clear')}</Button>}
        />
      ) : (
        <ul className="mt-3 flex flex-col gap-3">
          {found.map(({ name, sections }) => (
            <Entry key={name} name={name} articles={articles} sections={sections} />
          ))}
        </ul>
      )}
    </>
  );
}

interface EntryProps {
  name: HelpArticle;
  articles: Articles;
  /** Where in it what is looked for is. */
  sections: readonly Section[];
}

function Entry({ name, articles, sections }: EntryProps) {
  const slug = slugs[name]['pt-BR'];
  return (
    <li className="relative rounded-card border border-hairline bg-raised px-5 py-4 has-[h2_a:hover]:bg-hover">
      <h2 className="text-section font-semibold">
        <Link
          to="/ajuda/$slug"
          params={{ slug }}
          className="rounded-small after:absolute after:inset-0 after:rounded-card"
        >
          {articles[name].title}
        </Link>
      </h2>
      <p className="mt-1 line-clamp-2 text-ink-soft">{leadOf(articles[name])}</p>
      {sections.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-preview">
          {sections.map(({ id, title }) => (
            <li key={id} className="relative z-10">
              <Link
                to="/ajuda/$slug"
                params={{ slug }}
                {...(id !== null && { hash: id })}
                className="inline-flex min-h-6 items-center rounded-small text-accent-ink underline underline-offset-2"
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
