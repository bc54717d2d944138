import { LayoutTemplate, RotateCw } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { plainWords } from '#platform/shared/formatted-text.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed, ProblemLine } from '#platform/web/ui/states.tsx';
import { useSettled } from '#platform/web/use-settled.ts';
import type { Template } from '../contract.ts';
import { useSyncNow, useTemplateSync, useTemplates } from './api.ts';
import { previewOf } from './template-values.ts';
import { templateTitle, useTemplateFacts } from './template-words.ts';

interface TemplateChooserProps {
  channelId: string;
  search: string;
  onSearch: (search: string) => void;
  /** Back from a template: the focus is on it again. */
  lastChosen: string | null;
  onChoose: (template: Template) => void;
}

/** The templates that can be sent, found by name or by what they say. */
export function TemplateChooser(props: TemplateChooserProps) {
  const { channelId, search, onSearch } = props;
  const { t } = useTranslation('templates');
  const box = useRef<HTMLDivElement>(null);
  const list = useTemplates(channelId, useSettled(search.trim()));
  const sync = useSyncNow(channelId);
  const canSync = useRight('settings.manage');
  const templates = list.data?.pages.flatMap((page) => page.items) ?? [];
  const syncButton = canSync && (
    <Button
      icon={<RotateCw className="size-4" />}
      isBusy={sync.isPending}
      onClick={() => sync.mutate()}
    >
      {t('sync')}
    </Button>
  );
  const focusFirst = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    box.current?.querySelector<HTMLElement>('[data-template]')?.focus();
  };
  const clear = () => {
    onSearch('');
    box.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={box} className="pb-4">
      <div className="flex items-end gap-2 p-0.5">
        <div className="min-w-0 flex-1">
          <TextField
            type="search"
            isLabelHidden
            label={t('search')}
            placeholder={t('search')}
            autoComplete="off"
            value={search}
            onChange={(event) => onSearch(event.target.value)}
            onKeyDown={focusFirst}
          />
        </div>
        {templates.length > 0 && syncButton}
      </div>
      <div className="mt-2 h-[min(440px,56vh)] overflow-y-auto">
        {list.error && !list.data ? (
          <ErrorState title={t('failed')} error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <ListSkeleton />
        ) : templates.length === 0 ? (
          <Nothing
            channelId={channelId}
            search={search.trim()}
            onClear={clear}
            action={syncButton}
          />
        ) : (
          <Rows templates={templates} {...props} />
        )}
        {list.hasNextPage && !list.isFetchNextPageError && (
          <div className="flex justify-center py-2">
            <Button
              variant="quiet"
              isBusy={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('more')}
            </Button>
          </div>
        )}
        {list.isFetchNextPageError && <MoreFailed onRetry={() => void list.fetchNextPage()} />}
      </div>
      <ProblemLine error={sync.error} />
      <Unfillable channelId={channelId} />
    </div>
  );
}

/** Whoever looks in vain for one of them is told why. */
function Unfillable({ channelId }: { channelId: string }) {
  const { t } = useTranslation('templates');
  const count = useTemplateSync(channelId).data?.unfillable ?? 0;
  return (
    count > 0 && <p className="px-3 pt-2 text-meta text-ink-faint">{t('unfillable', { count })}</p>
  );
}

function Nothing({
  channelId,
  search,
  onClear,
  action,
}: {
  channelId: string;
  search: string;
  onClear: () => void;
  action: React.ReactNode;
}) {
  const { t } = useTranslation('templates');
  const sync = useTemplateSync(channelId);
  if (search !== '') {
    const all = <Button onClick={onClear}>{t('show-all')}</Button>;
    return <EmptyState title={t('nothing-found', { search })} action={all} />;
  }
  const wasRead = sync.data?.readAt != null;
  return (
    <EmptyState
      icon={<LayoutTemplate />}
      title={t(wasRead ? 'empty' : 'never-read')}
      hint={t(action ? 'empty-hint' : 'empty-hint-agent')}
      action={action}
    />
  );
}

function Rows({
  templates,
  lastChosen,
  onChoose,
}: TemplateChooserProps & { templates: Template[] }) {
  const { t } = useTranslation('templates');
  const rows = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (!lastChosen) return;
    // The dialog catches the focus of what has just gone; the row takes it from there.
    const frame = requestAnimationFrame(() =>
      rows.current?.querySelector<HTMLElement>(`[data-template="${lastChosen}"]`)?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [lastChosen]);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = [...(rows.current?.querySelectorAll('[data-template]') ?? [])] as HTMLElement[];
    const at = all.findIndex((row) => row.matches(':focus'));
    all[at + step]?.focus();
  };
  return (
    <ul ref={rows} aria-label={t('list')} onKeyDown={move} className="flex flex-col gap-0.5 p-0.5">
      {templates.map((template) => (
        <li key={template.id}>
          <Row template={template} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

function Row({
  template,
  onChoose,
}: {
  template: Template;
  onChoose: (template: Template) => void;
}) {
  const facts = useTemplateFacts();
  return (
    <button
      type="button"
      data-template={template.id}
      onClick={() => onChoose(template)}
      className="flex w-full flex-col rounded-control px-3 py-2 text-left hover:bg-hover active:bg-pressed focus-visible:-outline-offset-2"
    >
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 truncate text-body font-medium">
          {templateTitle(template.name)}
        </span>
        <span className="shrink-0 text-meta text-ink-faint">{facts(template)}</span>
      </span>
      <span className="line-clamp-2 text-preview text-ink-soft">
        {plainWords(previewOf(template, {}).body)}
      </span>
    </button>
  );
}

const ListSkeleton = () => (
  <Delayed>
    {['a', 'b', 'c', 'd', 'e'].map((row) => (
      <div key={row} className="flex flex-col gap-2 px-3 py-3">
        <Skeleton className="h-3 w-40" />
        <Skeleton className="h-3 w-full" />
      </div>
    ))}
  </Delayed>
);
