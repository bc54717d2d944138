import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockDifference } from '../contract.ts';
import { BlockFormDialog } from './block-form-dialog.tsx';
import { BlockImpact, StrangerImpact } from './explain/block-impact.tsx';
import { useTellWire } from './tell-blocked.ts';
import { useAdopt } from './upstream-api.ts';
import { useDifferenceName } from './upstream-words.ts';

/** *Bloquear aqui*: a block like any other, of somebody who is on WhatsApp's list already. */
export function AdoptDialog({
  channelId,
  item,
  open,
  onClose,
}: {
  channelId: string;
  item: BlockDifference;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('upstream');
  const { t: gate } = useTranslation('gate');
  const name = useDifferenceName()(item);
  const adopt = useAdopt(channelId);
  const tellWire = useTellWire();
  return (
    <BlockFormDialog
      open={open}
      onClose={onClose}
      title={t('list.adopt-title', { name })}
      body={t('list.adopt-body')}
      impact={
        // Whoever is on WhatsApp's list may be nobody's contact here.
        item.contactId === null ? <StrangerImpact /> : <BlockImpact contactId={item.contactId} />
      }
      confirm={t('list.adopt')}
      waiting={gate('confirm-block.waiting')}
      hasUpstream={false}
      isPending={adopt.isPending}
      error={adopt.error}
      onBlock={({ reason, note, expiresAt }) =>
        adopt.mutate(
          { id: item.id, reason, ...(note && { note }), ...(expiresAt && { expiresAt }) },
          {
            onSuccess: ({ stillOnWire }) => {
              onClose();
              tellWire(stillOnWire);
              showToast(t('list.adopted', { name }));
            },
          },
        )
      }
    />
  );
}
