import { ShieldBan } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockReason } from '../contract.ts';
import { useBlockContact } from './api.ts';
import { blockEnd, type Duration } from './block-end.ts';
import { DurationChoice } from './duration-choice.tsx';
import { BlockImpact } from './explain/block-impact.tsx';
import type { GateDialogProps } from './gate-contact.ts';
import { ReasonChoice } from './reason-choice.tsx';
import { useTellBlocked } from './tell-blocked.ts';
import { UpstreamChoice } from './upstream-choice.tsx';

/** The answer waits for messages that were on the wire; after a moment the dialog says so. */
function useIsSlow(isPending: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setSlow(true), 1500);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isPending]);
  return isSlow;
}

export function BlockDialog({ contact, open, onOpenChange, finalFocus }: GateDialogProps) {
  const { t } = useTranslation('gate');
  const zone = useMe().workspace.timeZone;
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<BlockReason | null>(null);
  const [duration, setDuration] = useState<Duration>('endless');
  const [lastDay, setLastDay] = useState('');
  const [note, setNote] = useState('');
  const [upstream, setUpstream] = useState(true);
  const [wasTried, setTried] = useState(false);
  const block = useBlockContact();
  const tellBlocked = useTellBlocked();
  const isSlow = useIsSlow(block.isPending);
  const close = (next: boolean) => {
    if (!block.isPending) onOpenChange(next);
  };
  const submit = () => {
    setTried(true);
    const end = blockEnd(duration, lastDay, zone, Date.now());
    if (!reason || end === undefined) focusFirstError('[role=alertdialog]');
    if (!reason || end === undefined || block.isPending) return;
    block.mutate(
      {
        contactId: contact.id,
        reason,
        upstream,
        ...(note.trim() && { note: note.trim() }),
        ...(end && { expiresAt: end.toISOString() }),
      },
      {
        onSuccess: ({ stillOnWire }) => {
          onOpenChange(false);
          tellBlocked(contact, stillOnWire.length, finalFocus);
        },
      },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      role="alertdialog"
      initialFocus={cancel}
      finalFocus={finalFocus}
      title={t('confirm-block.title', { name: contact.name })}
      description={t('confirm-block.body')}
      onSubmit={submit}
      footer={
        <>
          {isSlow && (
            <p role="status" className="w-full text-preview text-ink-soft">
              {t('confirm-block.waiting')}
            </p>
          )}
          <Button ref={cancel} onClick={() => close(false)} aria-disabled={block.isPending}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="danger" icon={<ShieldBan />} isBusy={block.isPending}>
            {t('action.block')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <BlockImpact contactId={contact.id} />
        <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
        <DurationChoice
          duration={duration}
          onDuration={setDuration}
          lastDay={lastDay}
          onLastDay={setLastDay}
          isChecked={wasTried}
        />
        <NoteField value={note} onChange={setNote} />
        <UpstreamChoice value={upstream} onChange={setUpstream} />
        <ProblemLine error={block.error} />
      </div>
    </Dialog>
  );
}

function NoteField({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  const { t } = useTranslation('gate');
  return (
    <TextArea
      label={
        <>
          {t('note.label')} <span className="font-normal text-ink-soft">{t('note.optional')}</span>
        </>
      }
      hint={t('note.hint')}
      rows={2}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
