import { useTranslation } from 'react-i18next';
import { useBlockContact } from './api.ts';
import { BlockFormDialog } from './block-form-dialog.tsx';
import { BlockImpact } from './explain/block-impact.tsx';
import type { GateDialogProps } from './gate-contact.ts';
import { useTellBlocked } from './tell-blocked.ts';

export function BlockDialog({ contact, open, onOpenChange, finalFocus }: GateDialogProps) {
  const { t } = useTranslation('gate');
  const block = useBlockContact();
  const tellBlocked = useTellBlocked();
  return (
    <BlockFormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      finalFocus={finalFocus}
      title={t('confirm-block.title', { name: contact.name })}
      body={t('confirm-block.body')}
      impact={<BlockImpact contactId={contact.id} />}
      confirm={t('action.block')}
      waiting={t('confirm-block.waiting')}
      isPending={block.isPending}
      error={block.error}
      onBlock={(input) =>
        block.mutate(
          { contactId: contact.id, ...input },
          {
            onSuccess: ({ stillOnWire }) => {
              onOpenChange(false);
              tellBlocked(contact, stillOnWire, finalFocus);
            },
          },
        )
      }
    />
  );
}
