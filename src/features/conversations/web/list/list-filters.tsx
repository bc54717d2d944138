import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useSeesBlockDetails } from '#features/gate/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Tabs } from '#platform/web/ui/tabs.tsx';
import type { ConversationView } from '../../contract.ts';
import { useConversationCounts } from '../data/queries.ts';

export const listPanelId = 'conversation-list-panel';

export function SearchBox({
  value,
  onChange,
  inputRef,
}: {
  value: string;
  onChange: (value: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('conversations');
  return (
    <div className="relative mx-3 flex items-center">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute left-2.5 size-4 text-ink-faint"
      />
      <input
        ref={inputRef}
        type="search"
        value={value}
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
        className="h-9 w-full rounded-control border border-transparent bg-sunken pr-9 pl-8 text-body hover:bg-pressed focus-visible:bg-raised [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== '' && (
        <IconButton
          label={t('list.clear-search')}
          icon={<X className="size-4" />}
          size="sm"
          className="absolute right-1"
          onClick={() => {
            onChange('');
            inputRef.current?.focus();
          }}
        />
      )}
    </div>
  );
}

export function ViewTabs({
  view,
  channelId,
  onChange,
}: {
  view: ConversationView;
  channelId: string | null;
  onChange: (view: ConversationView) => void;
}) {
  const { t } = useTranslation('conversations');
  const format = useFormat();
  const { data: counts } = useConversationCounts(channelId);
  const shown = (count: number | undefined) => (count === undefined ? '' : format.number(count));
  return (
    <div className="px-2">
      <Tabs
        label={t('list.tabs')}
        panelId={listPanelId}
        value={view}
        onChange={onChange}
        tabs={[
          { value: 'mine', label: t('list.mine'), count: shown(counts?.mine.open) },
          { value: 'queue', label: t('list.queue'), count: shown(counts?.queue.open) },
          { value: 'all', label: t('list.all') },
        ]}
      />
    </div>
  );
}

export function FilterChips({
  view,
  unread,
  onViewChange,
  onUnreadChange,
}: {
  view: ConversationView;
  unread: boolean;
  onViewChange: (view: ConversationView) => void;
  onUnreadChange: (unread: boolean) => void;
}) {
  const { t } = useTranslation('conversations');
  const { t: requests } = useTranslation('requests');
  const seesBlocked = useSeesBlockDetails();
  const { data: counts } = useConversationCounts();
  const isBlocked = view === 'blocked';
  const isRequested = view === 'block-requested';
  return (
    <fieldset aria-label={t('list.filters')} className="flex flex-wrap gap-1.5 px-3">
      <Chip
        isOn={unread}
        isDisabled={isBlocked || isRequested}
        onToggle={() => onUnreadChange(!unread)}
      >
        {t('list.unread')}
      </Chip>
      {seesBlocked && (
        <Chip isOn={isBlocked} onToggle={() => onViewChange(isBlocked ? 'all' : 'blocked')}>
          {t('list.blocked')}
        </Chip>
      )}
      {/* For whoever has asked, while they wait. */}
      {(isRequested || (counts?.blockRequested.open ?? 0) > 0) && (
        <Chip
          isOn={isRequested}
          onToggle={() => onViewChange(isRequested ? 'mine' : 'block-requested')}
        >
          {requests('state')}
        </Chip>
      )}
    </fieldset>
  );
}

function Chip({
  isOn,
  isDisabled = false,
  onToggle,
  children,
}: {
  isOn: boolean;
  isDisabled?: boolean;
  onToggle: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      disabled={isDisabled}
      onClick={onToggle}
      className={cx(
        'shrink-0 whitespace-nowrap h-7 rounded-full border px-2.5 text-preview disabled:opacity-40',
        isOn
          ? 'border-transparent bg-accent-tint font-medium text-accent-ink'
          : 'border-hairline text-ink-soft hover:bg-hover',
      )}
    >
      {children}
    </button>
  );
}
