import { ListChecks, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Tabs } from '#platform/web/ui/tabs.tsx';
import { useConflictCount, useSeesConflicts } from './api.ts';
import { ConflictList, type ConflictListProps } from './conflict-list.tsx';
import { PeopleList, type PeopleListProps } from './people-list.tsx';
import { PersonDetail, type PersonDetailProps } from './person-detail.tsx';
import { type Selection, useSelection } from './use-selection.ts';
import { WithPeopleWords } from './with-people-words.tsx';

export type PeopleTab = 'all' | 'blocked' | 'conflicts';

export interface PeoplePageProps {
  tab: PeopleTab;
  onTab: (tab: PeopleTab) => void;
  /** Whose detail is open. */
  contactId: string | null;
  onOpen: (contactId: string | null) => void;
  contactLink: PeopleListProps['contactLink'];
  conflictLink: ConflictListProps['contactLink'];
  blockImpact: ConflictListProps['blockImpact'];
  safety: PersonDetailProps['safety'];
  nameWay: PersonDetailProps['nameWay'];
  foot: PersonDetailProps['foot'];
  /** Where to go on from when nobody is known. */
  emptyAction: PeopleListProps['emptyAction'];
  /** What can be done with several at once, for whoever may; undefined for everybody else. */
  bulk?: ((selection: Selection) => ReactNode) | undefined;
}

/** The page *Contatos*; where it leads, and what blocks, are handed in by the app. */
export function PeoplePage(props: PeoplePageProps) {
  return (
    <WithPeopleWords>
      <People {...props} />
    </WithPeopleWords>
  );
}

function People(props: PeoplePageProps) {
  const { t } = useTranslation('people');
  const format = useFormat();
  const { onTab, contactId, onOpen, contactLink, conflictLink, blockImpact, bulk } = props;
  const seesBlocked = useRight('block.see-details');
  const seesConflicts = useSeesConflicts();
  const waiting = useConflictCount();
  const isAllowed = { all: true, blocked: seesBlocked, conflicts: seesConflicts };
  const tab = isAllowed[props.tab] ? props.tab : 'all';
  const counted = { value: 'conflicts' as const, label: t('tabs.conflicts') };
  const tabs = [
    { value: 'all' as const, label: t('tabs.all') },
    ...(seesBlocked ? [{ value: 'blocked' as const, label: t('tabs.blocked') }] : []),
    ...(seesConflicts ? [{ ...counted, count: format.number(waiting) }] : []),
  ];
  return (
    <div className="flex h-full flex-col bg-paper">
      <header className="mx-auto w-full max-w-[1080px] px-8 pt-8 pb-3 max-md:px-4 max-md:pt-5">
        <h1 className="text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
        {tabs.length > 1 && (
          <div className="-ml-2 mt-3">
            <Tabs<PeopleTab>
              label={t('tabs.label')}
              value={tab}
              onChange={onTab}
              tabs={tabs}
              panelId="people"
            />
          </div>
        )}
      </header>
      <div
        id="people"
        {...(tabs.length > 1 && { role: 'tabpanel', 'aria-labelledby': `people-${tab}` })}
        className="min-h-0 flex-1"
      >
        {tab === 'conflicts' ? (
          <ConflictList contactLink={conflictLink} blockImpact={blockImpact} />
        ) : (
          <Listed
            key={tab}
            tab={tab}
            contactLink={contactLink}
            bulk={bulk}
            onAll={() => onTab('all')}
            emptyAction={props.emptyAction}
          />
        )}
      </div>
      {contactId !== null && (
        <PersonDetail
          key={contactId}
          contactId={contactId}
          onClose={() => onOpen(null)}
          onMoved={onOpen}
          safety={props.safety}
          blockImpact={blockImpact}
          nameWay={props.nameWay}
          foot={props.foot}
        />
      )}
    </div>
  );
}

function Listed({
  tab,
  contactLink,
  bulk,
  onAll,
  emptyAction,
}: Pick<PeoplePageProps, 'contactLink' | 'bulk' | 'emptyAction'> & {
  tab: 'all' | 'blocked';
  onAll: () => void;
}) {
  const { t } = useTranslation('people');
  const selection = useSelection();
  const [isSelecting, setSelecting] = useState(false);
  const stop = () => {
    selection.clear();
    setSelecting(false);
  };
  const canSelect = bulk !== undefined && tab === 'all';
  return (
    <PeopleList
      blocked={tab === 'blocked' ? 'only' : 'without'}
      contactLink={contactLink}
      selection={canSelect && isSelecting ? selection : null}
      onAll={onAll}
      emptyAction={emptyAction}
      bulk={
        canSelect &&
        (isSelecting ? (
          <div className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0">
            <span role="status" className="text-preview text-ink-soft tabular-nums">
              {t('list.selected', { count: selection.names.size })}
              {selection.isFull && ` · ${t('list.most-selected')}`}
            </span>
            {bulk(selection)}
            <Button variant="quiet" icon={<X />} className="max-md:order-first" onClick={stop}>
              {t('list.stop-selecting')}
            </Button>
          </div>
        ) : (
          <Button
            className="ml-auto max-md:ml-0"
            icon={<ListChecks />}
            onClick={() => setSelecting(true)}
          >
            {t('list.select-many')}
          </Button>
        ))
      }
    />
  );
}
