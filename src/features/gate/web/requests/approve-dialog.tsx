import { ShieldBan } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { personTitle } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockReason } from '../../contract.ts';
import type { BlockRequest } from '../../requests/contract.ts';
import { blockEnd, type Duration } from '../block-end.ts';
import { DurationChoice } from '../duration-choice.tsx';
import { BlockImpact } from '../explain/block-impact.tsx';
import { ReasonChoice } from '../reason-choice.tsx';
import { UpstreamChoice } from '../upstream-choice.tsx';
import { useApproveRequest } from './api.ts';
import { NoteField } from './note-field.tsx';

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
  const zone = useMe().workspace.timeZone;
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<BlockReason | null>(request.askers[0]?.reason ?? null);
  const [duration, setDuration] = useState<Duration>('endless');
  const [lastDay, setLastDay] = useState('');
  const [note, setNote] = useState('');
  const [upstream, setUpstream] = useState(true);
  const [wasTried, setTried] = useState(false);
  const approve = useApproveRequest();
  const name = personTitle(request.contactName, request.contactPhone);
  const submit = () => {
    setTried(true);
    const end = blockEnd(duration, lastDay, zone, Date.now());
    if (!reason || end === undefined) focusFirstError('[role=alertdialog]');
    if (!reason || end === undefined || approve.isPending) return;
    const said = { ...(note.trim() && { note: note.trim() }) };
    approve.mutate(
      { id: request.id, reason, upstream, ...said, ...(end && { expiresAt: end.toISOString() }) },
      {
        onSuccess: ({ stillOnWire }) => {
          onClose();
          showToast(t('toast.blocked', { name }));
          if (stillOnWire.length > 0) {
            showToast(t('toast.still-on-wire', { count: stillOnWire.length }));
          }
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !approve.isPending && onClose()}
      role="alertdialog"
      initialFocus={cancel}
      title={t('confirm-block.title', { name })}
      description={t('confirm-block.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={onClose} aria-disabled={approve.isPending}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="danger" icon={<ShieldBan />} isBusy={approve.isPending}>
            {desk('approve.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <BlockImpact contactId={request.contactId} />
        <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
        <DurationChoice
          duration={duration}
          onDuration={setDuration}
          lastDay={lastDay}
          onLastDay={setLastDay}
          isChecked={wasTried}
        />
        <NoteField value={note} onChange={setNote} hint={t('note.hint')} />
        <UpstreamChoice value={upstream} onChange={setUpstream} />
        <ProblemLine error={approve.error} />
      </div>
    </Dialog>
  );
}
