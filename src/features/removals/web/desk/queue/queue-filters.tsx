import { ChevronDown, Clock3, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useColleagues } from '#features/accounts/web/index.ts';
import { useChannels } from '#features/conversations/web/index.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Menu, MenuChoice } from '#platform/web/ui/menu.tsx';
import {
  hasFilter,
  myself,
  nobody,
  type RemovalsSearch,
  reasonChoices,
  stateChoices,
  withoutFilter,
} from '../removals-search.ts';

interface FiltersProps {
  search: RemovalsSearch;
  onSearch: (search: RemovalsSearch) => void;
}

/** A chip for each filter; all of it is in the address. */
export function QueueFilters({ search, onSearch }: FiltersProps) {
  const { t } = useTranslation('removals-desk');
  const toggleLate = () => {
    const { atrasadas, ...rest } = search;
    onSearch(atrasadas ? rest : { ...rest, atrasadas: 'sim' });
  };
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5 px-4 pb-3">
      <legend className="sr-only">{t('filter.label')}</legend>
      <Choices search={search} onSearch={onSearch} />
      <button
        type="button"
        aria-pressed={search.atrasadas === 'sim'}
        onClick={toggleLate}
        className={chipClass(search.atrasadas === 'sim')}
      >
        <Clock3 aria-hidden="true" className="size-4 text-ink-soft" />
        {t('filter.late')}
      </button>
      {hasFilter(search) && (
        <Button
          size="sm"
          variant="quiet"
          icon={<X className="size-4" />}
          onClick={() => onSearch(withoutFilter(search))}
        >
          {t('filter.clear')}
        </Button>
      )}
    </fieldset>
  );
}

type FilterKey = 'estado' | 'motivo' | 'canal' | 'responsavel';
interface FilterMenu {
  key: FilterKey;
  label: string;
  /** What no choice means. */
  none: string;
  options: readonly { value: string; label: string }[];
}

function useMenus(): FilterMenu[] {
  const { t } = useTranslation('removals-desk');
  const channels = useChannels(true).data?.items ?? [];
  const reviewers = useColleagues().filter(({ role }) => role !== 'agent');
  const menus: FilterMenu[] = [
    {
      key: 'estado',
      label: t('filter.state'),
      none: t('filter.waiting'),
      options: stateChoices.map(([value, state]) => ({
        value,
        label: state === 'all' || state === 'decided' ? t(`filter.${state}`) : t(`state.${state}`),
      })),
    },
    {
      key: 'motivo',
      label: t('filter.reason'),
      none: t('filter.any'),
      options: reasonChoices.map(([value, reason]) => ({ value, label: t(`reasons.${reason}`) })),
    },
    {
      key: 'canal',
      label: t('filter.channel'),
      none: t('filter.any'),
      options: channels.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: 'responsavel',
      label: t('filter.assignee'),
      none: t('filter.anybody'),
      options: [
        { value: myself, label: t('assign.me') },
        { value: nobody, label: t('assign.nobody') },
        ...reviewers.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
  ];
  return menus.filter(({ key }) => key !== 'canal' || channels.length > 1);
}

function Choices({ search, onSearch }: FiltersProps) {
  const menus = useMenus();
  const choose = (key: FilterKey) => (value: string) => {
    const { [key]: _, ...rest } = search;
    onSearch(value === '' ? rest : { ...rest, [key]: value });
  };
  return menus.map((menu) => (
    <Filter key={menu.key} menu={menu} value={search[menu.key] ?? ''} onChange={choose(menu.key)} />
  ));
}

const chipClass = (isOn: boolean): string =>
  cx(
    buttonClass('plain', 'sm'),
    'max-w-64 gap-1.5 rounded-full font-normal',
    isOn && 'border-accent bg-accent-tint',
  );

/** A chip that opens its choices and shows the chosen one. What the page opens with is said as well. */
function Filter({
  menu: { key, label, none, options },
  value,
  onChange,
}: {
  menu: FilterMenu;
  value: string;
  onChange: (value: string) => void;
}) {
  const all = [{ value: '', label: none }, ...options];
  const chosen = all.find((option) => option.value === value)?.label ?? '…';
  const isOn = value !== '';
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={chipClass(isOn && key !== 'estado')}>
          <span className="truncate">
            {isOn || key === 'estado' ? `${label}: ${chosen}` : label}
          </span>
          <ChevronDown aria-hidden="true" className="size-4 text-ink-soft" />
        </button>
      }
    >
      <MenuChoice label={label} value={value} onChange={onChange} options={all} />
    </Menu>
  );
}
