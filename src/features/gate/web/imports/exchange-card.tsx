import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import type { ExchangeExport, ExchangeList } from '../../exchange/contract.ts';
import { listFileAddress, useAddList, useExports, useLists } from './exchange-api.ts';
import { KeyDialog, MakeListDialog, RemoveListDialog } from './exchange-dialogs.tsx';

type Shown = { kind: 'make' } | { kind: 'key' | 'remove'; list: ExchangeList };

/** Lists of other units that are looked up here, and those that were made for them. */
export function ExchangeCard() {
  const { t } = useTranslation('block-lists');
  const [shown, setShown] = useState<Shown>();
  const close = () => setShown(undefined);
  const add = useAddList();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Card
      title={t('exchange.title')}
      description={<span className="block max-w-[75ch]">{t('exchange.description')}</span>}
    >
      <div className="flex flex-wrap gap-2">
        <Button isBusy={add.isPending} onClick={() => input.current?.click()}>
          {t('exchange.add')}
        </Button>
        <Button onClick={() => setShown({ kind: 'make' })}>{t('exchange.make')}</Button>
        <input
          ref={input}
          type="file"
          aria-label={t('exchange.add')}
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            target.value = '';
            const onSuccess = (list: ExchangeList) => setShown({ kind: 'key', list });
            if (file) add.mutate(file, { onSuccess });
          }}
        />
      </div>
      <div className="mt-2">
        <ProblemLine error={add.error} />
      </div>
      <Lists onShow={setShown} />
      <Made />
      {shown?.kind === 'make' && <MakeListDialog onClose={close} />}
      {shown?.kind === 'key' && <KeyDialog list={shown.list} onClose={close} />}
      {shown?.kind === 'remove' && <RemoveListDialog list={shown.list} onClose={close} />}
    </Card>
  );
}

function Lists({ onShow }: { onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('block-lists');
  const lists = useLists();
  const items = lists.data?.items;
  if (!items && lists.isError) {
    return (
      <ErrorState
        title={t('exchange.failed')}
        error={lists.error}
        onRetry={() => void lists.refetch()}
      />
    );
  }
  if (!items) {
    return (
      <Delayed>
        <Skeleton className="mt-4 h-10 w-full" />
      </Delayed>
    );
  }
  if (items.length === 0) {
    return <p className="mt-3 text-preview text-ink-soft">{t('exchange.empty')}</p>;
  }
  return (
    <ul className="mt-3 divide-y divide-hairline">
      {items.map((list) => (
        <ListRow key={list.id} list={list} onShow={onShow} />
      ))}
    </ul>
  );
}

function ListRow({ list, onShow }: { list: ExchangeList; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const sum = { entries: format.number(list.entries), hits: format.number(list.hits) };
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-3">
      <div className="min-w-0">
        <p className="font-medium break-words">{list.name}</p>
        <p className="text-meta text-ink-soft tabular-nums">
          {t(`exchange.${list.state}`)} · {t('exchange.sum', sum)}
        </p>
      </div>
      <div className="flex gap-2">
        {list.state === 'locked' && (
          <Button size="sm" onClick={() => onShow({ kind: 'key', list })}>
            {t('exchange.give-key')}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={() => onShow({ kind: 'remove', list })}>
          {t('exchange.remove')}
        </Button>
      </div>
    </li>
  );
}

function Made() {
  const { t } = useTranslation('block-lists');
  const items = useExports().data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t('exchange.made')} className="mt-4 border-t border-hairline pt-4">
      <h3 className="text-preview font-medium">{t('exchange.made')}</h3>
      <ul className="divide-y divide-hairline">
        {items.map((one) => (
          <MadeRow key={one.id} of={one} />
        ))}
      </ul>
    </section>
  );
}

function MadeRow({ of }: { of: ExchangeExport }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const figures = { entries: format.number(of.entries), done: format.number(of.done) };
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3">
      <p role="status" className="text-preview text-ink-soft tabular-nums">
        {format.dateTime(of.createdAt)} ·{' '}
        {t(of.state === 'ready' ? 'exchange.ready' : 'exchange.working', figures)}
      </p>
      {of.state === 'ready' && (
        <a href={listFileAddress(of.id)} download className={buttonClass('plain', 'sm')}>
          <Download className="size-4" />
          {t('exchange.download')}
        </a>
      )}
    </li>
  );
}
