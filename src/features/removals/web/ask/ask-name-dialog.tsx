import { Flag } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalReason } from '../../contract.ts';
import { useAskNameRemoval } from './api.ts';
import { useAskRemovalWords } from './ask-words.ts';
import { ReasonChoice } from './reason-choice.tsx';

export interface AskNameDialogProps {
  contactId: string;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** *Solicitar remoção do nome*: the reason and a note. The name itself is not shown: one need not read it again. */
export function AskNameDialog(props: AskNameDialogProps) {
  const { t } = useTranslation('platform');
  const { state, again } = useAskRemovalWords();
  if (state === 'ready') return <Asking {...props} />;
  if (state === 'loading') return null;
  const error = new ApiProblem(0, { code: 'network' });
  return (
    <Dialog open title={t('part-failed')} onOpenChange={(open) => !open && props.onClose()}>
      <ErrorState title={t('part-failed')} error={error} onRetry={again} />
    </Dialog>
  );
}

function Asking({ contactId, onClose, finalFocus }: AskNameDialogProps) {
  const { t } = useTranslation('ask-removal');
  const { t: platform } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<RemovalReason | null>(null);
  const [note, setNote] = useState('');
  const [wasTried, setTried] = useState(false);
  const ask = useAskNameRemoval(contactId);
  const submit = () => {
    setTried(true);
    if (!reason) focusFirstError('[role=dialog]');
    else if (!ask.isPending) {
      ask.mutate(
        { reason, ...(note.trim() && { note: note.trim() }) },
        {
          onSuccess: ({ number }) => {
            onClose();
            showToast(t('name.done', { number }));
          },
        },
      );
    }
  };
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && !ask.isPending && onClose()}
      initialFocus={cancel}
      finalFocus={finalFocus}
      title={t('name.title')}
      description={t('name.body')}
      onSubmit={submit}
      footer={
        <>
          <Button
            ref={cancel}
            aria-disabled={ask.isPending}
            onClick={() => ask.isPending || onClose()}
          >
            {platform('cancel')}
          </Button>
          <Button type="submit" variant="primary" icon={<Flag />} isBusy={ask.isPending}>
            {t('ask')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
        <TextArea
          label={
            <>
              {t('note')} <span className="font-normal text-ink-soft">{t('optional')}</span>
            </>
          }
          hint={t('name.note-hint')}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="text-preview text-ink-soft">{t('name.not-their-phone')}</p>
      </div>
      <ProblemLine error={ask.error} />
    </Dialog>
  );
}
