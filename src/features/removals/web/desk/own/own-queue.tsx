import { Flag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { useRemovalQueue } from '../api.ts';
import type { RequestLink } from '../links.ts';
import { QueueBody } from '../queue/queue-body.tsx';
import { ownQuery } from '../removals-search.ts';
import { useUnreadDecisions } from './use-follow-own.ts';

/** *Solicitações* of whoever asks: their own, what waits and what was decided. */
export function OwnQueue({ selectedId, link }: { selectedId: string | null; link: RequestLink }) {
  const { t } = useTranslation('removals-desk');
  const queue = useRemovalQueue(ownQuery);
  const unread = useUnreadDecisions();
  return (
    <section aria-label={t('own.title')} className="flex h-full min-h-0 flex-col">
      <header className="px-4 pt-5 pb-3">
        <h1 className="text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
        <p className="mt-1 text-preview text-ink-soft">{t('own.lead')}</p>
        <HelpLink to="remocao" />
      </header>
      <QueueBody
        queue={queue}
        selectedId={selectedId}
        link={link}
        unreadIds={unread}
        failed={t('own.failed')}
        empty={<EmptyState icon={<Flag />} title={t('own.empty')} hint={t('own.empty-hint')} />}
      />
    </section>
  );
}
