import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import type { ConversationView } from '../../contract.ts';

/** Says why nothing is here, with the one step that leads on. */
export function EmptyList({
  view,
  search,
  unread,
  onViewChange,
  onUnreadChange,
}: {
  view: ConversationView;
  search: string;
  unread: boolean;
  onViewChange: (view: ConversationView) => void;
  onUnreadChange: (unread: boolean) => void;
}) {
  const { t } = useTranslation('conversations');
  if (search !== '') {
    return (
      <EmptyState title={t('list.empty.search', { search })} hint={t('list.empty.search-hint')} />
    );
  }
  if (unread) {
    return (
      <EmptyState
        title={t('list.empty.unread')}
        action={
          <Button onClick={() => onUnreadChange(false)}>{t('list.empty.unread-action')}</Button>
        }
      />
    );
  }
  if (view === 'mine') {
    return (
      <EmptyState
        title={t('list.empty.mine')}
        hint={t('list.empty.mine-hint')}
        action={
          <Button onClick={() => onViewChange('queue')}>{t('list.empty.mine-action')}</Button>
        }
      />
    );
  }
  if (view === 'blocked') return <EmptyState title={t('list.empty.blocked')} />;
  return view === 'queue' ? (
    <EmptyState title={t('list.empty.queue')} hint={t('list.empty.queue-hint')} />
  ) : (
    <EmptyState title={t('list.empty.all')} hint={t('list.empty.all-hint')} />
  );
}
