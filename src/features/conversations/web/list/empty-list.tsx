import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { unbrokenPhone } from '#platform/web/phone.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import type { ConversationView } from '../../contract.ts';
import { useChannels } from '../data/queries.ts';

/** Says why nothing is here, with the one step that leads on. */
export function EmptyList({
  view,
  search,
  unread,
  onViewChange,
  onUnreadChange,
  onNew,
  onSearchClear,
  numberName,
  onAllNumbers,
}: {
  view: ConversationView;
  search: string;
  unread: boolean;
  onViewChange: (view: ConversationView) => void;
  onUnreadChange: (unread: boolean) => void;
  onNew: () => void;
  onSearchClear: () => void;
  /** Of the one number whose list it is; null: of all. */
  numberName: string | null;
  onAllNumbers: () => void;
}) {
  const { t } = useTranslation('conversations');
  const { t: requests } = useTranslation('requests');
  const toAll = <Button onClick={() => onViewChange('all')}>{t('list.empty.queue-action')}</Button>;
  if (search !== '') {
    return (
      <EmptyState
        title={t('list.empty.search', { search })}
        hint={
          numberName === null
            ? t('list.empty.search-hint')
            : t('list.empty.search-number', { name: numberName })
        }
        action={<Button onClick={onSearchClear}>{t('list.empty.unread-action')}</Button>}
      />
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
  if (numberName !== null) {
    return (
      <EmptyState
        title={t('list.empty.number', { name: numberName })}
        action={<Button onClick={onAllNumbers}>{t('list.all-numbers')}</Button>}
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
  if (view === 'blocked') return <EmptyState title={t('list.empty.blocked')} action={toAll} />;
  if (view === 'block-requested')
    return <EmptyState title={requests('none-asked')} action={toAll} />;
  if (view === 'all') return <FirstRun onNew={onNew} />;
  return (
    <EmptyState title={t('list.empty.queue')} hint={t('list.empty.queue-hint')} action={toAll} />
  );
}

/** Nobody has written yet: which number they write to, or that there is none. */
function FirstRun({ onNew }: { onNew: () => void }) {
  const { t } = useTranslation('conversations');
  const mayConnect = useRight('channel.manage');
  const { data } = useChannels(true);
  if (!data) return null;
  const channels = data.items.filter(({ isConnected }) => isConnected);
  const [first] = channels;
  if (!first) {
    return (
      <EmptyState
        title={t('list.empty.no-number')}
        hint={t(mayConnect ? 'list.empty.no-number-hint' : 'list.empty.no-number-ask')}
        action={
          mayConnect && (
            <Link
              to="/ajustes/$section"
              params={{ section: 'canais' }}
              className={buttonClass('plain')}
            >
              {t('list.empty.to-settings')}
            </Link>
          )
        }
      />
    );
  }
  const number = unbrokenPhone(first.displayNumber);
  return (
    <EmptyState
      title={t('list.empty.all')}
      hint={t('list.empty.all-hint', { number })}
      action={
        data.simulatorUrl === null ? (
          <Button onClick={onNew}>{t('list.new-conversation')}</Button>
        ) : (
          <a
            href={data.simulatorUrl}
            target="_blank"
            rel="noreferrer"
            className={buttonClass('plain')}
          >
            {t('list.empty.to-simulator')}
          </a>
        )
      }
    />
  );
}
