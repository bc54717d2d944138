import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { RequestMessages, StoppedOfMany, useChannels } from '#features/conversations/web/index.ts';
import {
  BlocksDesk,
  type BlocksSearch,
  RequestQueue,
  useBlockCounts,
  useDecidesRequests,
  useRequestCounts,
} from '#features/gate/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { personTitle } from '#platform/web/phone.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { Tabs } from '#platform/web/ui/tabs.tsx';
import { BlocksActions } from './blocks-actions.tsx';
import { toContact } from './to-contact.tsx';

const tabs = ['ativos', 'revisar', 'encerrados', 'todos', 'pedidos'] as const;
type TabName = (typeof tabs)[number];

/** All that the page shows is in its address; the filters stay from one tab to the next. */
function usePlace(decides: boolean) {
  const navigate = useNavigate();
  const asked: BlocksSearch = useSearch({ strict: false });
  const { aba, ...rest } = asked;
  const search: BlocksSearch = aba === 'pedidos' && !decides ? rest : asked;
  const go = (next: BlocksSearch) =>
    void navigate({ to: '/bloqueios', search: next, replace: true });
  const choose = (tab: TabName) => go(tab === 'ativos' ? rest : { ...rest, aba: tab });
  return { search, go, choose, tab: search.aba ?? ('ativos' as const) };
}

/** How many there are; nothing while it is not known. */
function useTabCounts(sees: boolean, decides: boolean): Partial<Record<TabName, string>> {
  const format = useFormat();
  const counts = useBlockCounts(sees).data;
  const waiting = useRequestCounts(decides).data;
  const said = (of: { count: number; isMore: boolean } | undefined): string =>
    of ? `${format.number(of.count)}${of.isMore ? '+' : ''}` : '';
  return {
    ativos: said(counts?.active),
    revisar: said(counts?.toReview),
    pedidos: waiting ? format.number(waiting.open) : '',
  };
}

/** `/bloqueios`: who is shut out, by whom, why, until when; and who asks for it. Moderators and administrators. */
export function BlocksPage() {
  const { t } = useTranslation('gate');
  const { t: words } = useTranslation('requests');
  const decides = useDecidesRequests();
  const sees = useRight('block.see-details');
  const counts = useTabCounts(sees, decides);
  const { search, go, choose, tab } = usePlace(decides);
  if (!sees) return <NotForAgents />;
  const labels: Record<TabName, string> = {
    ativos: t('list.active'),
    revisar: t('list.review'),
    encerrados: t('list.ended'),
    todos: t('list.all'),
    pedidos: words('tab'),
  };
  return (
    <div className="flex h-full flex-col bg-paper">
      <header className="mx-auto w-full max-w-[1280px] px-8 pt-8 pb-3 max-md:px-4 max-md:pt-5">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h1 className="text-page font-semibold tracking-[-0.01em]">{t('list.title')}</h1>
            <HelpLink to="bloquear-contato" />
          </div>
          <BlocksActions />
        </div>
        <div className="-ml-2 mt-3">
          <Tabs<TabName>
            label={t('list.states')}
            value={tab}
            onChange={choose}
            tabs={tabs
              .filter((value) => value !== 'pedidos' || decides)
              .map((value) => {
                const count = counts[value];
                return { value, label: labels[value], ...(count !== undefined && { count }) };
              })}
            panelId="blocks"
          />
        </div>
      </header>
      <div id="blocks" role="tabpanel" aria-labelledby={`blocks-${tab}`} className="min-h-0 flex-1">
        {tab === 'pedidos' ? (
          <Requests search={search} onSearch={go} />
        ) : (
          <Blocks key={tab} search={search} onSearch={go} />
        )}
      </div>
    </div>
  );
}

interface PartProps {
  search: BlocksSearch;
  onSearch: (search: BlocksSearch) => void;
}

function Requests({ search, onSearch }: PartProps) {
  return (
    <RequestQueue
      isDecided={search.pedidos === 'decididos'}
      onDecided={(isDecided) =>
        onSearch({ aba: 'pedidos', ...(isDecided && { pedidos: 'decididos' as const }) })
      }
      contactLink={toContact}
      messages={(request) => (
        <RequestMessages
          requestId={request.id}
          contactName={personTitle(request.contactName, request.contactPhone)}
        />
      )}
    />
  );
}

function Blocks({ search, onSearch }: PartProps) {
  const { t } = useTranslation('gate');
  const channels = useChannels(true).data?.items ?? [];
  return (
    <BlocksDesk
      search={search}
      onSearch={onSearch}
      channels={channels}
      contactLink={toContact}
      afterUnblock={(contacts) => (
        // Its room from the start: the button below does not move away when the list comes.
        <div className="min-h-28">
          <StoppedOfMany
            contacts={contacts}
            conversationLink={(conversationId, name) => (
              <Link
                to="/conversas/$conversationId"
                params={{ conversationId }}
                className="hover:underline"
              >
                {name}
              </Link>
            )}
          />
        </div>
      )}
      emptyAction={
        <Link to="/conversas" className={buttonClass('plain')}>
          {t('list.to-conversations')}
        </Link>
      }
    />
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
