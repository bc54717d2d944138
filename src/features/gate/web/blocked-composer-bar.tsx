import { ShieldBan } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { useActiveBlock } from './api.ts';
import { BlockFacts } from './block-facts.tsx';
import { useCanBlock, useSeesBlockDetails } from './can-block.ts';
import { useOpenUnblockDialog } from './gate-dialogs-provider.tsx';
import { placeToWrite } from './place-to-write.ts';

/** The bar leaves when the contact is unblocked: focus that was in it goes to the composer that takes its place. */
function useHandOverFocus() {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    return () => {
      if (element?.contains(document.activeElement)) {
        requestAnimationFrame(() => placeToWrite()?.focus());
      }
    };
  }, []);
  return bar;
}

/** Stands where the composer was. Grey, not red: a state, not an alarm (G5). */
export function BlockedComposerBar({
  contactId,
  contactName,
}: {
  contactId: string;
  contactName: string;
}) {
  const { t } = useTranslation('gate');
  const bar = useHandOverFocus();
  const canBlock = useCanBlock();
  const seesDetails = useSeesBlockDetails();
  const openUnblock = useOpenUnblockDialog();
  return (
    <div className="px-4 pb-4 max-md:px-2 max-md:pb-2">
      <section
        ref={bar}
        aria-label={t('blocked')}
        className="mx-auto max-w-[752px] grid grid-cols-[auto_1fr_auto] gap-x-3 rounded-card border border-hairline bg-sunken px-4 py-3"
      >
        <ShieldBan aria-hidden="true" className="mt-px text-ink-soft" />
        <p className="self-center text-body font-medium text-ink">{t('composer-bar')}</p>
        {canBlock && (
          <Button
            size="sm"
            className="-my-1"
            onClick={() => openUnblock({ id: contactId, name: contactName })}
          >
            {t('action.unblock-short')}
          </Button>
        )}
        {seesDetails && <Details contactId={contactId} />}
      </section>
    </div>
  );
}

/** Two lines high from the start, so that the thread above does not move when the facts arrive. */
function Details({ contactId }: { contactId: string }) {
  const { t } = useTranslation('gate');
  const { data, isError } = useActiveBlock(contactId, true);
  return (
    <div className="col-span-2 col-start-2 mt-1.5 min-h-[34px]">
      {data?.block && <BlockFacts block={data.block} />}
      {!data && isError && <p className="text-meta text-ink-soft">{t('facts.failed')}</p>}
      {!data && !isError && (
        <Delayed>
          <Skeleton className="mt-0.5 h-3 w-80 max-w-full" />
          <Skeleton className="mt-1.5 h-3 w-48 max-w-full" />
        </Delayed>
      )}
    </div>
  );
}
