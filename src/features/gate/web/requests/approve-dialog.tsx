import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { BlockFormDialog } from '../block-form-dialog.tsx';
import { BlockImpact } from '../explain/block-impact.tsx';
import { useTellWire } from '../tell-blocked.ts';
import { useApproveRequest } from './api.ts';

/** As *Bloquear contato*, with the reason that was asked for. */
export function ApproveDialog({
  request,
  onClose,
}: {
  request: BlockRequest;
  onClose: () => void;
}) {
  const { t } = useTranslation('gate');
  const { t: desk } = useTranslation('request-desk');
  const approve = useApproveRequest();
  const name = personTitle(request.contactName, request.contactPhone);
  const asked = request.askers[0]?.reason;
  const tellWire = useTellWire();
  const tell = (stillOnWire: readonly string[]) => {
    onClose();
    showToast(t('toast.blocked', { name }));
    tellWire(stillOnWire);
  };
  return (
    <BlockFormDialog
      onClose={onClose}
      title={t('confirm-block.title', { name })}
      body={t('confirm-block.body')}
      impact={<BlockImpact contactId={request.contactId} />}
      confirm={desk('approve.confirm')}
      waiting={t('confirm-block.waiting')}
      {...(asked && { reason: asked })}
      isPending={approve.isPending}
      error={approve.error}
      onBlock={(block) =>
        approve.mutate(
          { id: request.id, ...block },
          { onSuccess: ({ stillOnWire }) => tell(stillOnWire) },
        )
      }
    />
  );
}
