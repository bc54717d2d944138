import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { RequestMessages } from '#features/conversations/web/index.ts';
import {
  BlocksList,
  ListsActions,
  RequestQueue,
  useDecidesRequests,
  useRequestCounts,
} from '#features/gate/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { personTitle } from '#platform/web/phone.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { Tabs } from '#platform/web/ui/tabs.tsx';

const states = ['active', 'ended', 'all'] as const;
type State = (typeof states)[number];

type TabName = State | 'requests';

/** `?aba=pedidos` opens the tab of requests; the others are this page's own business. */
function useTab(decides: boolean): [TabName, (tab: TabName) => void] {
  const navigate = useNavigate();
  const { aba } = useSearch({ strict: false });
  const [state, setState] = useState<State>('active');
  const choose = (tab: TabName) => {
    if (tab !== 'requests') setState(tab);
    const search = tab === 'requests' ? { aba: 'pedidos' as const } : {};
    void navigate({ to: '/bloqueios', search, replace: true });
  };
  return [aba === 'pedidos' && decides ? 'requests' : state, choose];
}

/** `/bloqueios`: who is shut out, by whom, why, until when; and who asks for it. Moderators and administrators. */
export function BlocksPage() {
  const { t } = useTranslation('gate');
  const { t: words } = useTranslation('requests');
  const format = useFormat();
  const decides = useDecidesRequests();
  const waiting = useRequestCounts(decides).data;
  const [tab, setTab] = useTab(decides);
  if (!useRight('block.see-details')) return <NotForAgents />;
  const requests = {
    value: 'requests' as const,
    label: words('tab'),
    count: waiting ? format.number(waiting.open) : '',
  };
  return (
    <div className="flex h-full flex-col bg-paper">
      <header className="mx-auto w-full max-w-[1280px] px-8 pt-8 pb-3 max-md:px-4 max-md:pt-5">
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h1 className="text-page font-semibold tracking-[-0.01em]">{t('list.title')}</h1>
          <ListsActions
            toImport={(words) => (
              <Link to="/bloqueios/importar" className={buttonClass('plain')}>
                {words}
              </Link>
            )}
          />
        </div>
        <div className="-ml-2 mt-3">
          <Tabs<TabName>
            label={t('list.states')}
            value={tab}
            onChange={setTab}
            tabs={[
              ...states.map((value) => ({ value, label: t(`list.${value}`) })),
              ...(decides ? [requests] : []),
            ]}
            panelId="blocks"
          />
        </div>
      </header>
      <div id="blocks" role="tabpanel" aria-labelledby={`blocks-${tab}`} className="min-h-0 flex-1">
        {tab === 'requests' ? <Requests /> : <Blocks key={tab} state={tab} />}
      </div>
    </div>
  );
}

function Requests() {
  return (
    <RequestQueue
      conversationLink={({ name, phone }) => (
        <ToConversation view="all" name={name} phone={phone}>
          {personTitle(name, phone)}
        </ToConversation>
      )}
      messages={(request) => (
        <RequestMessages
          requestId={request.id}
          contactName={personTitle(request.contactName, request.contactPhone)}
        />
      )}
    />
  );
}

function Blocks({ state }: { state: State }) {
  const { t } = useTranslation('gate');
  return (
    <BlocksList
      state={state}
      conversationLink={({ name, phone, isBlocked }) => (
        <ToConversation view={isBlocked ? 'blocked' : 'all'} name={name} phone={phone}>
          {personTitle(name, phone)}
        </ToConversation>
      )}
      emptyAction={
        <Link to="/conversas" className={buttonClass('plain')}>
          {t('list.to-conversations')}
        </Link>
      }
    />
  );
}

function ToConversation({
  view,
  name,
  phone,
  children,
}: {
  view: 'blocked' | 'all';
  name: string;
  phone: string | null;
  children: ReactNode;
}) {
  return (
    <Link to="/conversas" search={{ view, search: phone ?? name }} className="hover:underline">
      {children}
    </Link>
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
