import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { BlocksList } from '#features/gate/web/index.ts';
import { personTitle } from '#platform/web/phone.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { Tabs } from '#platform/web/ui/tabs.tsx';

const states = ['active', 'ended', 'all'] as const;
type State = (typeof states)[number];

/** `/bloqueios`: who is shut out, by whom, why, until when. Moderators and administrators. */
export function BlocksPage() {
  const { t } = useTranslation('gate');
  const [state, setState] = useState<State>('active');
  if (!useRight('block.see-details')) return <NotForAgents />;
  return (
    <div className="flex h-full flex-col bg-paper">
      <header className="mx-auto w-full max-w-[1280px] px-8 pt-8 pb-3 max-md:px-4 max-md:pt-5">
        <h1 className="text-page font-semibold tracking-[-0.01em]">{t('list.title')}</h1>
        <div className="-ml-2 mt-3">
          <Tabs
            label={t('list.states')}
            value={state}
            onChange={setState}
            tabs={states.map((value) => ({ value, label: t(`list.${value}`) }))}
            panelId="blocks"
          />
        </div>
      </header>
      <div
        id="blocks"
        role="tabpanel"
        aria-labelledby={`blocks-${state}`}
        className="min-h-0 flex-1"
      >
        <BlocksList
          key={state}
          state={state}
          conversationLink={({ name, phone, isBlocked }) => (
            <Link
              to="/conversas"
              search={{ view: isBlocked ? 'blocked' : 'all', search: phone ?? name }}
              className="hover:underline"
            >
              {personTitle(name, phone)}
            </Link>
          )}
          emptyAction={
            <Link to="/conversas" className={buttonClass('plain')}>
              {t('list.to-conversations')}
            </Link>
          }
        />
      </div>
    </div>
  );
}

function NotForAgents() {
  const { t } = useTranslation('gate');
  return (
    <EmptyState
      title={t('list.not-allowed')}
      action={
        <Link to="/conversas" className={buttonClass('plain')}>
          {t('list.to-conversations')}
        </Link>
      }
    />
  );
}
