import { ChevronDown, ListChecks, ListFilter, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Menu, MenuChoice } from '#platform/web/ui/menu.tsx';
import { useSettled } from '#platform/web/use-settled.ts';
import { blockReasons, upstreamStates } from '../../contract.ts';
import { useBlockers } from './api.ts';
import {
  type BlocksSearch,
  blockAttempts,
  blockEnds,
  blockOrders,
  hasFilter,
  stateOf,
  withoutFilter,
} from './blocks-search.ts';

interface FiltersProps {
  search: BlocksSearch;
  onSearch: (search: BlocksSearch) => void;
  channels: readonly { id: string; name: string }[];
  /** Begins or ends the selection; absent for whoever may do nothing with one. */
  selection?: { isOn: boolean; onToggle: () => void };
}

/** Search box, a menu for each filter, and the order: all in the address. */
export function BlocksFilters({ search, onSearch, channels, selection }: FiltersProps) {
  const { t } = useTranslation('blocks-desk');
  // On a phone they would leave no room for the list: shown when they are wanted, or when one is on.
  const [isShown, setShown] = useState(hasFilter(search));
  return (
    <div className="flex flex-col gap-1 pb-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox search={search} onSearch={onSearch} />
        <Button
          className="md:hidden"
          icon={<ListFilter className="size-4" />}
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {t('filters')}
        </Button>
        {selection && (
          <Button
            icon={<ListChecks className="size-4" />}
            className="max-md:px-2.5"
            aria-pressed={selection.isOn}
            onClick={selection.onToggle}
          >
            <span className="max-md:sr-only">
              {t(selection.isOn ? 'select.stop' : 'select.start')}
            </span>
          </Button>
        )}
        {hasFilter(search) && (
          <Button
            variant="quiet"
            icon={<X className="size-4" />}
            onClick={() => onSearch(withoutFilter(search))}
          >
            {t('clear-filters')}
          </Button>
        )}
      </div>
      <fieldset
        className={cx('flex flex-wrap items-center gap-2 py-1', !isShown && 'max-md:hidden')}
      >
        <legend className="sr-only">{t('filters')}</legend>
        <Filters search={search} onSearch={onSearch} channels={channels} />
      </fieldset>
    </div>
  );
}

function SearchBox({ search, onSearch }: Pick<FiltersProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation('blocks-desk');
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.busca ?? '');
  const settled = useSettled(typed, 220);
  const kept = useRef({ search, onSearch });
  kept.current = { search, onSearch };
  useEffect(() => {
    const { search: now, onSearch: change } = kept.current;
    if ((now.busca ?? '') === settled.trim()) return;
    const { busca: _, ...rest } = now;
    change(settled.trim() === '' ? rest : { ...rest, busca: settled.trim() });
  }, [settled]);
  // Cleared from elsewhere: the button for all filters, a step back.
  const outside = search.busca ?? '';
  useEffect(() => {
    if (outside === '') setTyped('');
  }, [outside]);
  return (
    <div className="relative flex min-w-56 flex-1 items-center max-md:min-w-40 md:max-w-96">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute left-2.5 size-4 text-ink-faint"
      />
      <input
        ref={box}
        type="search"
        value={typed}
        maxLength={200}
        aria-label={t('search.label')}
        placeholder={t('search.hint')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') {
            event.stopPropagation();
            setTyped('');
          }
        }}
        className="h-9 w-full rounded-control border border-transparent bg-sunken pr-9 pl-8 text-body hover:bg-pressed focus-visible:bg-raised [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <IconButton
          label={t('search.clear')}
          icon={<X className="size-4" />}
          size="sm"
          className="absolute right-1"
          onClick={() => {
            setTyped('');
            box.current?.focus();
          }}
        />
      )}
    </div>
  );
}

type FilterKey = 'motivo' | 'por' | 'whatsapp' | 'canal' | 'fim' | 'tentativas' | 'ordem';

interface Choice {
  value: string;
  label: string;
}
interface FilterMenu {
  key: FilterKey;
  label: string;
  options: readonly Choice[];
}

const choices = <T extends string>(values: readonly T[], label: (value: T) => string): Choice[] =>
  values.map((value) => ({ value, label: label(value) }));

/** What can be filtered by: of *A revisar* the end and the order are given. */
function useFilterMenus({ search, channels }: Pick<FiltersProps, 'search' | 'channels'>) {
  const { t } = useTranslation(['blocks-desk', 'gate', 'upstream']);
  const starters = useBlockers(stateOf(search)).data ?? [];
  const isReview = search.aba === 'revisar';
  const menus: FilterMenu[] = [
    {
      key: 'motivo',
      label: t('filter.reason'),
      options: choices(blockReasons, (value) => t(`gate:reasons.${value}`)),
    },
    {
      key: 'por',
      label: t('filter.by'),
      options: starters.map(({ id, name }) => ({
        value: id ?? 'system',
        label: id === null ? t('system') : name,
      })),
    },
    {
      key: 'whatsapp',
      label: t('filter.upstream'),
      options: choices(upstreamStates, (value) => t(`upstream:states.${value}`)),
    },
    {
      key: 'canal',
      label: t('filter.channel'),
      options: channels.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: 'fim',
      label: t('filter.end'),
      options: choices(blockEnds, (value) => t(`end.${value}`)),
    },
    {
      key: 'tentativas',
      label: t('filter.attempts'),
      options: choices(blockAttempts, (value) => t(`attempts.${value}`)),
    },
    {
      key: 'ordem',
      label: t('filter.sort'),
      options: choices(blockOrders, (value) => t(`sort.${value}`)),
    },
  ];
  return menus.filter(
    ({ key }) =>
      (key !== 'canal' || channels.length > 1) && !(isReview && (key === 'fim' || key === 'ordem')),
  );
}

function Filters({ search, onSearch, channels }: FiltersProps) {
  const { t } = useTranslation('blocks-desk');
  const menus = useFilterMenus({ search, channels });
  const choose = (key: FilterKey) => (value: string) => {
    const { [key]: _, ...rest } = search;
    onSearch(value === '' ? rest : { ...rest, [key]: value });
  };
  return menus.map(({ key, label, options }) => (
    <Filter
      key={key}
      label={label}
      value={search[key] ?? ''}
      onChange={choose(key)}
      isOrder={key === 'ordem'}
      options={[{ value: '', label: t(key === 'ordem' ? 'sort.newest' : 'all') }, ...options]}
    />
  ));
}

/** A chip that opens its choices and shows the chosen one. */
function Filter({
  label,
  value,
  onChange,
  options,
  isOrder = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
  /** An order leaves nothing out: never drawn as a filter that is on. */
  isOrder?: boolean;
}) {
  const isOn = value !== '' && !isOrder;
  const chosen = options.find((option) => option.value === value)?.label ?? '…';
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className={cx(
            buttonClass('plain', 'sm'),
            'max-w-72 rounded-full font-normal',
            isOn && 'border-accent bg-accent-tint',
          )}
        >
          <span className="truncate">{isOn || isOrder ? `${label}: ${chosen}` : label}</span>
          <ChevronDown aria-hidden="true" className="size-4 text-ink-soft" />
        </button>
      }
    >
      <MenuChoice label={label} value={value} onChange={onChange} options={options} />
    </Menu>
  );
}
