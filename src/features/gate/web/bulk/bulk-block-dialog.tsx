import { ShieldBan } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BulkAnswer } from '../../bulk/contract.ts';
import type { BlockReason } from '../../contract.ts';
import { blockEnd, type Duration } from '../block-end.ts';
import { DurationChoice } from '../duration-choice.tsx';
import { ReasonChoice } from '../reason-choice.tsx';
import { UpstreamChoice } from '../upstream-choice.tsx';
import { useBulkBlock } from './api.ts';

export interface BulkBlockButtonProps {
  contactIds: readonly string[];
  /** They are not selected any more. */
  onDone: () => void;
}

interface BulkBlockDialogProps extends BulkBlockButtonProps {
  onClose: () => void;
}

/** One reason and one end for all of them; what was not done is told afterwards, and why. */
export function BulkBlockDialog(props: BulkBlockDialogProps) {
  const [failed, setFailed] = useState<BulkAnswer['failed'] | null>(null);
  return failed ? (
    <NotDone failed={failed} onClose={props.onClose} />
  ) : (
    <Ask {...props} onFailed={setFailed} />
  );
}

function Ask({
  contactIds,
  onDone,
  onClose,
  onFailed,
}: BulkBlockDialogProps & { onFailed: (failed: BulkAnswer['failed']) => void }) {
  const { t } = useTranslation('bulk-block');
  const { t: words } = useTranslation('gate');
  const zone = useMe().workspace.timeZone;
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<BlockReason | null>(null);
  const [duration, setDuration] = useState<Duration>('endless');
  const [lastDay, setLastDay] = useState('');
  const [note, setNote] = useState('');
  const [upstream, setUpstream] = useState(true);
  const [wasTried, setTried] = useState(false);
  const block = useBulkBlock();
  const close = () => {
    if (!block.isPending) onClose();
  };
  const tell = ({ done, failed }: BulkAnswer) => {
    showToast(t('done', { count: done }));
    onDone();
    if (failed.length > 0) onFailed(failed);
    else onClose();
  };
  const submit = () => {
    setTried(true);
    const end = blockEnd(duration, lastDay, zone, Date.now());
    if (!reason || end === undefined) focusFirstError('[role=alertdialog]');
    if (!reason || end === undefined || block.isPending) return;
    const more = {
      ...(note.trim() && { note: note.trim() }),
      ...(end && { expiresAt: end.toISOString() }),
    };
    block.mutate({ contactIds: [...contactIds], reason, upstream, ...more }, { onSuccess: tell });
  };
  return (
    <Dialog
      open
      role="alertdialog"
      initialFocus={cancel}
      onOpenChange={(open) => !open && close()}
      title={t('title', { count: contactIds.length })}
      description={t('body')}
      onSubmit={submit}
      footer={
        <>
          {block.isPending && (
            <p role="status" className="w-full text-preview text-ink-soft">
              {t('waiting')}
            </p>
          )}
          <Button ref={cancel} onClick={close} aria-disabled={block.isPending}>
            {words('action.cancel')}
          </Button>
          <Button type="submit" variant="danger" icon={<ShieldBan />} isBusy={block.isPending}>
            {t('button')}
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
          label={words('note.label')}
          hint={words('note.hint')}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <UpstreamChoice value={upstream} onChange={setUpstream} />
        <ProblemLine error={block.error} />
      </div>
    </Dialog>
  );
}

const worded = ['contact-not-found', 'contact-already-blocked', 'block-end-in-the-past'] as const;

function NotDone({ failed, onClose }: { failed: BulkAnswer['failed']; onClose: () => void }) {
  const { t } = useTranslation('bulk-block');
  const counts = new Map<(typeof worded)[number] | 'other', number>();
  for (const { code } of failed) {
    const cause = worded.find((each) => each === code) ?? 'other';
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('not-done')}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <ul className="space-y-1 py-1">
        {[...counts].map(([cause, count]) => (
          <li key={cause}>{t(`failed.${cause}`, { count })}</li>
        ))}
      </ul>
    </Dialog>
  );
}
