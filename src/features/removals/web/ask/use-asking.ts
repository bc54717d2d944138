import { useTranslation } from 'react-i18next';
import { type BlockInput, useTellWire } from '#features/gate/web/index.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalReason, RemovalRequest } from '../../contract.ts';
import { useAskRemoval, useRemoveAtSight } from './api.ts';

interface Asking {
  messageIds: readonly string[];
  /** Before anybody asks here. */
  isCovered: boolean;
  /** What is covered from now on, or gone already. */
  onDone: (coveredMessageIds: readonly string[], isRemoved: boolean) => void;
}

/** What the dialog does, and the sentence that says it was done. */
export function useAsking({ messageIds, isCovered, onDone }: Asking) {
  const { t } = useTranslation('ask-removal');
  const ask = useAskRemoval();
  const remove = useRemoveAtSight();
  const tellWire = useTellWire();
  const body = (reason: RemovalReason, note: string) => ({
    messageIds: [...messageIds],
    reason,
    ...(note.trim() && { note: note.trim() }),
  });
  const numbers = (requests: readonly RemovalRequest[]): string =>
    requests.map(({ number }) => number).join(', ');
  const said = ({ state, number }: RemovalRequest): string => {
    if (state === 'removed') return t('done.removed', { number });
    return state === 'removing'
      ? t('done.removing', { number })
      : t('done.second-person', { number });
  };
  return {
    isBusy: ask.isPending || remove.isPending,
    isRemoving: remove.isPending,
    error: ask.error ?? remove.error,
    ask: (reason: RemovalReason, note: string) => {
      remove.reset();
      ask.mutate(body(reason, note), {
        onSuccess: ({ requests, coveredMessageIds }) => {
          onDone(coveredMessageIds, false);
          const end = { count: requests.length, numbers: numbers(requests) };
          showToast(isCovered ? t('done.joined', end) : t('done.asked', end));
        },
      });
    },
    remove: (reason: RemovalReason, note: string, block: BlockInput | null) => {
      ask.reset();
      remove.mutate(
        { ...body(reason, note), ...(block && { block }) },
        {
          onSuccess: (request) => {
            // A copy is decided about where another of its family was asked for.
            const ids = request.items.map(({ messageId }) => messageId);
            onDone([...new Set([...messageIds, ...ids])], true);
            tellWire(request.stillOnWire);
            const blocked = t(request.blockedBefore ? 'done.blocked-before' : 'done.blocked');
            showToast(block ? `${said(request)} ${blocked}` : said(request));
          },
        },
      );
    },
  };
}
