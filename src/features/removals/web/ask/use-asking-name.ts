import { useTranslation } from 'react-i18next';
import { type BlockInput, useTellWire } from '#features/gate/web/index.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalReason, RemovalRequest } from '../../contract.ts';
import { useAskNameRemoval, useRemoveNameAtSight } from './api.ts';

/** What the dialog about a name does, and the sentence that says it was done. */
export function useAskingName(contactId: string, onClose: () => void) {
  const { t } = useTranslation('ask-removal');
  const ask = useAskNameRemoval(contactId);
  const remove = useRemoveNameAtSight(contactId);
  const tellWire = useTellWire();
  const body = (reason: RemovalReason, note: string) => ({
    reason,
    ...(note.trim() && { note: note.trim() }),
  });
  const said = ({ state, number }: RemovalRequest): string => {
    if (state === 'removed') return t('name.removed', { number });
    return state === 'removing'
      ? t('name.removing', { number })
      : t('name.second-person', { number });
  };
  return {
    isBusy: ask.isPending || remove.isPending,
    error: ask.error ?? remove.error,
    ask: (reason: RemovalReason, note: string) => {
      remove.reset();
      ask.mutate(body(reason, note), {
        onSuccess: ({ number }) => {
          onClose();
          showToast(t('name.done', { number }));
        },
      });
    },
    remove: (reason: RemovalReason, note: string, block: BlockInput | null) => {
      ask.reset();
      remove.mutate(
        { ...body(reason, note), ...(block && { block }) },
        {
          onSuccess: (request) => {
            onClose();
            tellWire(request.stillOnWire);
            const blocked = t(request.blockedBefore ? 'done.blocked-before' : 'done.blocked');
            showToast(block ? `${said(request)} ${blocked}` : said(request));
          },
        },
      );
    },
  };
}
