import { Link } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import type { HelpAnswer, HelpCount } from '../contract.ts';
import { AnswerRow } from './answer-row.tsx';
import { useHelpAnswers, useHelpCounts } from './api.ts';
import { BackToHelp, HelpFrame, WithArticles } from './help-frame.tsx';
import { articleNames } from './slugs.ts';
import type { Articles } from './use-articles.ts';

/** `/ajuda/respostas`: whether articles were useful and what was missing in them, for administrators. */
export function AnswersScreen() {
  return (
    <HelpFrame>
      <div className="mx-auto w-full max-w-[720px] px-8 py-8 max-md:px-4 max-md:py-5">
        <BackToHelp />
        {useRight('help-answer.read') ? <Answers /> : <NotAllowed />}
      </div>
    </HelpFrame>
  );
}

function NotAllowed() {
  const { t } = useTranslation('help');
  return (
    <EmptyState
      title={t('answers.not-allowed')}
      action={
        <Link to="/ajuda" className={buttonClass('plain')}>
          {t('back')}
        </Link>
      }
    />
  );
}

function Answers() {
  const { t } = useTranslation('help');
  return (
    <>
      <h1 className="text-page font-semibold tracking-[-0.01em]">{t('answers.title')}</h1>
      <p className="mt-1 mb-6 max-w-[60ch] text-ink-soft">{t('answers.intro')}</p>
      <WithArticles>{(articles) => <Both articles={articles} />}</WithArticles>
    </>
  );
}

function Both({ articles }: { articles: Articles }) {
  const { t } = useTranslation('help');
  const counts = useHelpCounts();
  const answers = useHelpAnswers();
  const items = answers.data?.pages.flatMap((page) => page.items);
  const failed = [counts, answers].find(({ isError, data }) => isError && data === undefined);
  if (failed) {
    const again = () => void Promise.all([counts.refetch(), answers.refetch()]);
    return <ErrorState title={t('answers.failed')} error={failed.error} onRetry={again} />;
  }
  if (!counts.data || !items) return null;
  if (counts.data.items.length === 0) {
    return (
      <EmptyState
        icon={<MessagesSquare />}
        title={t('answers.empty')}
        hint={t('answers.empty-hint')}
      />
    );
  }
  const titleOf = (article: string): string => {
    const name = articleNames.find((known) => known === article);
    return name === undefined ? article : articles[name].title;
  };
  return (
    <>
      <Card title={t('answers.counts')}>
        <Counts counts={counts.data.items} titleOf={titleOf} />
      </Card>
      <Card title={t('answers.words')}>
        <Missed answers={answers} items={items} titleOf={titleOf} />
      </Card>
    </>
  );
}

interface Titled {
  titleOf: (article: string) => string;
}

function Counts({ counts, titleOf }: Titled & { counts: readonly HelpCount[] }) {
  const { t } = useTranslation('help');
  const format = useFormat();
  const numberClass = 'py-1.5 pl-4 text-right tabular-nums';
  return (
    <table className="w-full">
      <thead className="text-preview text-ink-faint">
        <tr>
          <th scope="col" className="py-1.5 text-left font-medium">
            {t('answers.article')}
          </th>
          <th scope="col" className={`${numberClass} font-medium`}>
            {t('answers.useful')}
          </th>
          <th scope="col" className={`${numberClass} font-medium`}>
            {t('answers.not-useful')}
          </th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ article, useful, notUseful }) => (
          <tr key={article} className="border-t border-hairline">
            <th scope="row" className="py-1.5 text-left font-normal">
              {titleOf(article)}
            </th>
            <td className={numberClass}>{format.number(useful)}</td>
            <td className={numberClass}>{format.number(notUseful)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MissedProps extends Titled {
  answers: ReturnType<typeof useHelpAnswers>;
  items: readonly HelpAnswer[];
}

function Missed({ answers, items, titleOf }: MissedProps) {
  const { t } = useTranslation('help');
  if (items.length === 0) return <p className="text-ink-soft">{t('answers.no-words')}</p>;
  return (
    <>
      <ul className="-my-3 divide-y divide-hairline">
        {items.map((answer) => (
          <AnswerRow key={answer.id} answer={answer} title={titleOf(answer.article)} />
        ))}
      </ul>
      {answers.isFetchNextPageError && <MoreFailed onRetry={() => void answers.fetchNextPage()} />}
      {answers.hasNextPage && !answers.isFetchNextPageError && (
        <div className="flex justify-center pt-4">
          <Button
            size="sm"
            isBusy={answers.isFetchingNextPage}
            onClick={() => void answers.fetchNextPage()}
          >
            {t('answers.more')}
          </Button>
        </div>
      )}
    </>
  );
}
