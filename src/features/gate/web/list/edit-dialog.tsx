import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { personTitle } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Block } from '../../contract.ts';
import { useBlockContact } from '../api.ts';
import { blockEnd, type Duration } from '../block-end.ts';
import { DurationChoice } from '../duration-choice.tsx';
import { ReasonChoice } from '../reason-choice.tsx';

/** Reason, note and end of a block that holds; what is not touched stays as it was, to the second. */
export function EditBlockDialog({ block, onClose }: { block: Block; onClose: () => void }) {
  const { t } = useTranslation('blocks-desk');
  const { t: gate } = useTranslation('gate');
  const zone = useMe().workspace.timeZone;
  const format = useFormat();
  const cancel = useRef<HTMLButtonElement>(null);
  const before = {
    duration: (block.expiresAt ? 'date' : 'endless') as Duration,
    lastDay: block.expiresAt ? format.dayKey(new Date(block.expiresAt)) : '',
  };
  const [reason, setReason] = useState(block.reason);
  const [note, setNote] = useState(block.note ?? '');
  const [duration, setDuration] = useState(before.duration);
  const [lastDay, setLastDay] = useState(before.lastDay);
  const [wasTried, setTried] = useState(false);
  const save = useBlockContact();
  const close = () => {
    if (!save.isPending) onClose();
  };
  const endOf = (): string | null | undefined => {
    if (duration === before.duration && lastDay === before.lastDay) return block.expiresAt;
    const end = blockEnd(duration, lastDay, zone, Date.now());
    return end === null ? null : end?.toISOString();
  };
  const submit = () => {
    setTried(true);
    const end = endOf();
    if (end === undefined) focusFirstError('[role=dialog]');
    if (end === undefined || save.isPending) return;
    save.mutate(
      {
        contactId: block.contactId,
        reason,
        upstream: block.wantsUpstream,
        ...(note.trim() && { note: note.trim() }),
        ...(end && { expiresAt: end }),
      },
      {
        onSuccess: () => {
          onClose();
          showToast(t('edit.saved'));
        },
      },
    );
  };
  const name = personTitle(block.contactName, block.contactPhone);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('edit.title', { name })}
      description={t('edit.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={close} aria-disabled={save.isPending}>
            {gate('action.cancel')}
          </Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('edit.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
        <DurationChoice
          duration={duration}
          onDuration={setDuration}
          lastDay={lastDay}
          onLastDay={setLastDay}
          isChecked={wasTried}
        />
        <TextArea
          label={gate('note.label')}
          hint={gate('note.hint')}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <ProblemLine error={save.error} />
      </div>
    </Dialog>
  );
}
