import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockDifference } from '../contract.ts';
import { AdoptDialog } from './adopt-dialog.tsx';
import { useRemoveListed } from './upstream-api.ts';
import { useDifferenceName } from './upstream-words.ts';

export interface Decision {
  readonly kind: 'adopt' | 'remove';
  readonly item: BlockDifference;
}

interface DifferenceDialogProps {
  channelId: string;
  decision: Decision;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** *Bloquear aqui* asks for what every block has; *Tirar da lista* only for a second thought. */
export function DifferenceDialog(props: DifferenceDialogProps) {
  const { channelId, decision, open, onOpenChange } = props;
  if (decision.kind === 'remove') return <RemoveDialog {...props} />;
  const close = () => onOpenChange(false);
  return <AdoptDialog {...{ channelId, open }} item={decision.item} onClose={close} />;
}

function RemoveDialog({
  channelId,
  decision: { item },
  open,
  onOpenChange,
}: DifferenceDialogProps) {
  const { t } = useTranslation('upstream');
  const name = useDifferenceName()(item);
  const cancel = useRef<HTMLButtonElement>(null);
  const remove = useRemoveListed(channelId);
  const done = () => onOpenChange(false);
  const submit = () => {
    if (!remove.isPending) remove.mutate(item.id, { onSuccess: done });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      role="alertdialog"
      initialFocus={cancel}
      title={t('list.remove-title', { name })}
      description={t('list.remove-body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={done}>
            {t('list.cancel')}
          </Button>
          <Button type="submit" variant="primary" isBusy={remove.isPending}>
            {t('list.remove')}
          </Button>
        </>
      }
    >
      {remove.error && (
        <div className="py-1">
          <ProblemLine error={remove.error} />
        </div>
      )}
    </Dialog>
  );
}
