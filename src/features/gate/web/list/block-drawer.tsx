import { Pencil, RotateCw, ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { personTitle } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Drawer } from '#platform/web/ui/drawer.tsx';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Block } from '../../contract.ts';
import { BlockFacts } from '../block-facts.tsx';
import { ContactCell, type ContactLink } from '../block-row-cells.tsx';
import { useBulkRetry } from '../bulk/api.ts';
import { useCanBlock } from '../can-block.ts';
import { useOpenUnblockDialog } from '../gate-dialogs-provider.tsx';
import { StillListed } from '../still-listed.tsx';
import { UpstreamLines } from '../upstream-lines.tsx';
import { useBlockHistory } from './api.ts';
import { EditBlockDialog } from './edit-dialog.tsx';

interface BlockDrawerProps {
  /** As the list knew it; what is newer is read. */
  block: Block;
  link: ContactLink;
  open: boolean;
  onClose: () => void;
}

/** One contact's block, what can be done with it, and the blocks it had. */
export function BlockDrawer({ block, link, open, onClose }: BlockDrawerProps) {
  const { t } = useTranslation('blocks-desk');
  const history = useBlockHistory(block.contactId);
  const current = history.data?.items.find((one) => one.id === block.id) ?? block;
  /** As it was when its dialog opened; it may end under it, and what was written is not to vanish with it. */
  const [edited, setEdited] = useState<Block | null>(null);
  return (
    <Drawer open={open} onOpenChange={(isOpen) => !isOpen && onClose()} title={t('drawer.title')}>
      <div className="flex flex-col gap-5 p-4">
        {/* Of somebody who was erased there is no page to go to. */}
        <ContactCell block={current} link={current.isContactErased ? (_, name) => name : link} />
        <section aria-label={t('details', { name: current.contactName })}>
          <BlockFacts block={current} />
          {current.note && <p className="mt-2 break-words whitespace-pre-wrap">{current.note}</p>}
          {current.reviewedAt && <Reviewed at={current.reviewedAt} />}
        </section>
        {current.isActive && <Actions block={current} onEdit={() => setEdited(current)} />}
        {edited && <EditBlockDialog block={edited} onClose={() => setEdited(null)} />}
        {current.isActive ? (
          <Layer block={current} />
        ) : (
          <StillListed contactId={current.contactId} />
        )}
        <section>
          <h3 className="mb-2 text-preview font-semibold">{t('drawer.history')}</h3>
          {history.data?.items.map((one) => (
            <Interval key={one.id} block={one} />
          ))}
          {history.data?.hasMore && (
            <p className="border-t border-hairline py-2.5 text-meta text-ink-soft">
              {t('drawer.history-cut', { count: history.data.items.length })}
            </p>
          )}
          {history.isError && !history.data && (
            <ErrorState
              title={t('drawer.history-failed')}
              error={history.error}
              onRetry={() => void history.refetch()}
            />
          )}
          {history.isPending && (
            <Delayed>
              <Skeleton className="h-16 w-full" />
            </Delayed>
          )}
        </section>
      </div>
    </Drawer>
  );
}

function Reviewed({ at }: { at: string }) {
  const { t } = useTranslation('blocks-desk');
  const format = useFormat();
  return (
    <p className="mt-1 text-meta text-ink-soft">
      {t('drawer.reviewed', { at: format.dateTime(at) })}
    </p>
  );
}

function Actions({ block, onEdit }: { block: Block; onEdit: () => void }) {
  const { t } = useTranslation('blocks-desk');
  const openUnblock = useOpenUnblockDialog();
  if (!useCanBlock()) return null;
  const name = personTitle(block.contactName, block.contactPhone);
  return (
    <div className="flex flex-wrap gap-2">
      {!block.isContactErased && (
        <Button size="sm" icon={<Pencil className="size-4" />} onClick={onEdit}>
          {t('drawer.edit')}
        </Button>
      )}
      <Button
        size="sm"
        icon={<ShieldCheck className="size-4" />}
        onClick={() => openUnblock({ id: block.contactId, name, isErased: block.isContactErased })}
      >
        {t('drawer.unblock')}
      </Button>
    </div>
  );
}

/** WhatsApp's own lists, and asking them once more. */
function Layer({ block }: { block: Block }) {
  const { t } = useTranslation(['blocks-desk', 'upstream']);
  const canBlock = useCanBlock();
  const retry = useBulkRetry();
  const code = retry.data?.failed[0]?.code;
  const ask = () => {
    if (retry.isPending) return;
    retry.mutate(
      { contactIds: [block.contactId] },
      {
        onSuccess: ({ done }) => {
          if (done > 0) showToast(t('drawer.retried'));
        },
      },
    );
  };
  return (
    <Part title={t('upstream:layer')}>
      <UpstreamLines upstream={block.upstream} />
      <HelpLink to="bloquear-contato#a-lista-do-proprio-whatsapp" className="mt-1 flex" />
      {canBlock && block.wantsUpstream && block.upstream.length > 0 && (
        <Button
          size="sm"
          className="mt-2"
          icon={<RotateCw className="size-4" />}
          isBusy={retry.isPending}
          onClick={ask}
        >
          {t('drawer.retry')}
        </Button>
      )}
      {code && (
        <p role="status" className="mt-1 text-meta text-ink-soft">
          {t('drawer.retry-failed', { why: t(`codes.${code}`) })}
        </p>
      )}
      <ProblemLine error={retry.error} />
    </Part>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="text-preview">
    <h3 className="mb-1 font-semibold">{title}</h3>
    {children}
  </section>
);

function Interval({ block }: { block: Block }) {
  const { t } = useTranslation(['blocks-desk', 'gate']);
  const format = useFormat();
  return (
    <article className="border-t border-hairline py-2.5 text-preview tabular-nums">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-medium">{t(`gate:reasons.${block.reason}`)}</span>
        {block.isActive && <span className="text-meta text-ink-soft">{t('drawer.now')}</span>}
      </p>
      <p className="text-ink-soft">
        {t('drawer.since', { from: format.dateTime(block.startedAt) })}
        {block.startedBy && ` · ${t('gate:facts.by', { name: block.startedBy.name })}`}
      </p>
      {block.endedAt && !block.isActive && (
        <p className="text-ink-soft">
          {t('drawer.until', { at: format.dateTime(block.endedAt) })}
          {' · '}
          {block.liftedBy
            ? t('gate:list.lifted-by', { name: block.liftedBy.name })
            : t('gate:list.ended-by-time')}
        </p>
      )}
      {block.attempts.total > 0 && (
        <p className="text-meta text-ink-soft">
          {t('gate:facts.attempts', { count: block.attempts.total })}
        </p>
      )}
      {block.note && <p className="mt-1 break-words whitespace-pre-wrap">{block.note}</p>}
    </article>
  );
}
