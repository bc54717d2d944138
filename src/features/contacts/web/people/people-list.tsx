import { useVirtualizer } from '@tanstack/react-virtual';
import { Search, Users, X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { controlClass } from '#platform/web/ui/field.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import { useSettled } from '#platform/web/use-settled.ts';
import type { Contact } from '../../contract.ts';
import { type PeopleQuery, usePeople } from './api.ts';
import { type PeopleRowProps, PersonRow } from './person-row.tsx';

export interface PeopleListProps extends PeopleRowProps {
  blocked: PeopleQuery['blocked'];
  /** What can be done with what is selected. */
  bulk: ReactNode;
  /** To everybody, from those who are blocked. */
  onAll: () => void;
  /** Where to go on from when nobody is known. */
  emptyAction: ReactNode;
}

/** Everybody outside whom we know: searched, sorted, and as far down as somebody scrolls. */
export function PeopleList(props: PeopleListProps) {
  const { blocked, contactLink, selection, bulk } = props;
  const { t } = useTranslation('people');
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<PeopleQuery['sort']>('newest');
  const search = useSettled(typed.trim());
  const people = usePeople({ search, sort, blocked });
  const items = useMemo(() => people.data?.pages.flatMap((page) => page.items), [people.data]);
  // In a state: people that wait in the cache are drawn in the same moment as it.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const clear = () => {
    setTyped('');
    box.current?.focus();
  };
  const hasMoreFailed = people.isFetchNextPageError && !people.isFetching;
  const readMore = () => {
    if (people.hasNextPage && !people.isFetching && !hasMoreFailed) void people.fetchNextPage();
  };
  return (
    <section aria-label={t('title')} className="flex h-full flex-col">
      <div className="mx-auto flex w-full max-w-[1080px] flex-wrap items-center gap-x-3 gap-y-2 px-8 pb-3 max-md:px-4">
        <SearchBox ref={box} value={typed} onChange={setTyped} />
        <SortChoice value={sort} onChange={setSort} />
        {bulk}
      </div>
      <div ref={setScroller} className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]">
        <div className="mx-auto w-full max-w-[1080px] px-8 pb-8 max-md:px-0">
          {!items && people.isPending && <Waiting />}
          {!items && people.isError && (
            <ErrorState
              title={t('list.failed')}
              error={people.error}
              onRetry={() => void people.refetch()}
            />
          )}
          {items?.length === 0 && <Nobody search={search} onClear={clear} {...props} />}
          {items && items.length > 0 && (
            <Rows
              items={items}
              scroller={scroller}
              onNearEnd={readMore}
              contactLink={contactLink}
              selection={selection}
            />
          )}
          {hasMoreFailed && <MoreFailed onRetry={() => void people.fetchNextPage()} />}
          {people.isFetchingNextPage && (
            <p role="status" className="py-3 text-center text-meta text-ink-soft">
              {t('list.loading-more')}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

function Rows({
  items,
  scroller,
  onNearEnd,
  contactLink,
  selection,
}: PeopleRowProps & {
  items: readonly Contact[];
  scroller: HTMLDivElement | null;
  onNearEnd: () => void;
}) {
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => 64,
    getItemKey: (at) => items[at]?.id ?? at,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1);
  const isNearEnd = last !== undefined && last.index >= items.length - 15;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);
  return (
    <ul className="relative" style={{ height: rows.getTotalSize() }}>
      {shown.map((row) => {
        const contact = items[row.index];
        return (
          contact && (
            <li
              key={row.key}
              aria-posinset={row.index + 1}
              aria-setsize={items.length}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <PersonRow contact={contact} contactLink={contactLink} selection={selection} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function SearchBox({
  ref,
  value,
  onChange,
}: {
  ref: RefObject<HTMLInputElement | null>;
  value: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation('people');
  return (
    <div className="relative min-w-0 flex-1 basis-60 max-w-md max-md:max-w-none max-md:basis-full">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint"
      />
      <input
        ref={ref}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={value}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className={cx(
          controlClass,
          'h-9 pr-9 pl-9 text-ellipsis placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {value !== '' && (
        <span className="absolute inset-y-0 right-0.5 flex items-center">
          <IconButton size="sm" label={t('clear')} icon={<X />} onClick={() => onChange('')} />
        </span>
      )}
    </div>
  );
}

function SortChoice({
  value,
  onChange,
}: {
  value: PeopleQuery['sort'];
  onChange: (sort: PeopleQuery['sort']) => void;
}) {
  const { t } = useTranslation('people');
  return (
    <label className="flex items-center gap-2 text-preview text-ink-soft">
      <span className="sr-only">{t('sort.label')}</span>
      <select
        value={value}
        onChange={(event) => onChange(event.target.value === 'name' ? 'name' : 'newest')}
        className={cx(controlClass, 'h-9 w-auto')}
      >
        <option value="newest">{t('sort.newest')}</option>
        <option value="name">{t('sort.name')}</option>
      </select>
    </label>
  );
}

function Nobody({
  search,
  blocked,
  onClear,
  onAll,
  emptyAction,
}: Pick<PeopleListProps, 'blocked' | 'onAll' | 'emptyAction'> & {
  search: string;
  onClear: () => void;
}) {
  const { t } = useTranslation('people');
  if (search !== '') {
    return (
      <EmptyState
        icon={<Search />}
        title={t('list.nobody-found')}
        hint={t('list.nobody-found-hint')}
        action={<Button onClick={onClear}>{t('clear')}</Button>}
      />
    );
  }
  return blocked === 'only' ? (
    <EmptyState
      icon={<Users />}
      title={t('list.nobody-blocked')}
      action={<Button onClick={onAll}>{t('list.to-all')}</Button>}
    />
  ) : (
    <EmptyState
      icon={<Users />}
      title={t('list.empty')}
      hint={t('list.empty-hint')}
      action={emptyAction}
    />
  );
}

function Waiting() {
  const { t } = useTranslation('people');
  return (
    <Delayed>
      <p role="status" className="sr-only">
        {t('list.loading')}
      </p>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex h-16 items-center gap-3 border-b border-hairline px-4">
          <span className="overflow-hidden rounded-full">
            <Skeleton className="size-10" />
          </span>
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="ml-auto h-3.5 w-28" />
        </div>
      ))}
    </Delayed>
  );
}
