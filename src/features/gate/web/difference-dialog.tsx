import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockDifference, BlockReason } from '../contract.ts';
import type { BlockAnswer } from './api.ts';
import { BlockImpact, StrangerImpact } from './explain/block-impact.tsx';
import { ReasonChoice } from './reason-choice.tsx';
import { useTellWire } from './tell-blocked.ts';
import { useAdopt, useRemoveListed } from './upstream-api.ts';
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

/** *Bloquear aqui* asks for the reason that every block has; *Tirar da lista* only for a second thought. */
export function DifferenceDialog({
  channelId,
  decision: { kind, item },
  open,
  onOpenChange,
}: DifferenceDialogProps) {
  const { t } = useTranslation('upstream');
  const name = useDifferenceName()(item);
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<BlockReason | null>(null);
  const [wasTried, setTried] = useState(false);
  const adopt = useAdopt(channelId);
  const remove = useRemoveListed(channelId);
  const tellWire = useTellWire();
  const isPending = adopt.isPending || remove.isPending;
  const done = () => onOpenChange(false);
  const submit = () => {
    setTried(true);
    if (isPending) return;
    if (kind === 'remove') {
      remove.mutate(item.id, { onSuccess: done });
      return;
    }
    if (!reason) {
      focusFirstError('[role=alertdialog]');
      return;
    }
    const tell = ({ stillOnWire }: BlockAnswer) => {
      done();
      tellWire(stillOnWire);
      showToast(t('list.adopted', { name }));
    };
    adopt.mutate({ id: item.id, reason }, { onSuccess: tell });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      role="alertdialog"
      initialFocus={cancel}
      title={t(`list.${kind}-title`, { name })}
      description={t(`list.${kind}-body`)}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={done}>
            {t('list.cancel')}
          </Button>
          <Button
            type="submit"
            variant={kind === 'adopt' ? 'danger' : 'primary'}
            isBusy={isPending}
          >
            {t(`list.${kind}`)}
          </Button>
        </>
      }
    >
      {(kind === 'adopt' || remove.error) && (
        <div className="flex flex-col gap-4 py-1">
          {kind === 'adopt' && (
            <>
              <Impact contactId={item.contactId} />
              <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
            </>
          )}
          <ProblemLine error={adopt.error ?? remove.error} />
        </div>
      )}
    </Dialog>
  );
}

/** Whoever is on WhatsApp's list may be nobody's contact here. */
function Impact({ contactId }: { contactId: string | null }) {
  return contactId === null ? <StrangerImpact /> : <BlockImpact contactId={contactId} />;
}
