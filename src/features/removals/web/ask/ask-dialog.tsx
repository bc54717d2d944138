import { Flag } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { ApiProblem } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import type { RemovalReason } from '../../contract.ts';
import { useAskRemovalWords } from './ask-words.ts';
import { ReasonChoice } from './reason-choice.tsx';
import { useAsking } from './use-asking.ts';

export interface AskRemovalDialogProps {
  /** Of one conversation, at most fifty. */
  messageIds: readonly string[];
  onClose: () => void;
  /** What is covered from now on. */
  onDone: (coveredMessageIds: readonly string[]) => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** *Solicitar remoção*: the reason and a note. Nothing of the content is shown: one can ask without looking. */
export function AskRemovalDialog(props: AskRemovalDialogProps) {
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

type Asking = ReturnType<typeof useAsking>;

function Asking({ messageIds, onClose, onDone, finalFocus }: AskRemovalDialogProps) {
  const { t } = useTranslation('ask-removal');
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<RemovalReason | null>(null);
  const [note, setNote] = useState('');
  const [wasTried, setTried] = useState(false);
  const [isSure, setSure] = useState(false);
  const asking = useAsking({
    messageIds,
    onDone: (ids) => {
      onDone(ids);
      onClose();
    },
  });
  const count = messageIds.length;
  /** Goes on only with a reason. */
  const withReason = (next: (reason: RemovalReason) => void) => {
    setTried(true);
    if (!reason) focusFirstError('[role=dialog]');
    else if (!asking.isBusy) next(reason);
  };
  const close = (open: boolean, how: { readonly reason: string }) => {
    if (open || asking.isBusy) return;
    if (isSure && how.reason === 'escape-key') setSure(false);
    else onClose();
  };
  return (
    <Dialog
      open
      size="md"
      onOpenChange={close}
      initialFocus={cancel}
      finalFocus={finalFocus}
      title={isSure ? t('sure.title', { count }) : t('title', { count })}
      description={isSure ? t('sure.body') : t('body')}
      onSubmit={() => withReason((given) => (isSure ? asking.remove : asking.ask)(given, note))}
      footer={
        isSure ? (
          <SureButtons asking={asking} onBack={() => setSure(false)} />
        ) : (
          <AskButtons
            asking={asking}
            cancel={cancel}
            onCancel={onClose}
            onRemove={() => withReason(() => setSure(true))}
          />
        )
      }
    >
      {/* Kept while one is asked whether one is sure, so that going back finds it as it was. */}
      <div className={isSure ? 'hidden' : 'flex flex-col gap-5 py-1'}>
        <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
        <TextArea
          label={
            <>
              {t('note')} <span className="font-normal text-ink-soft">{t('optional')}</span>
            </>
          }
          hint={t('note-hint')}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <p className="text-preview text-ink-soft">{t('not-their-phone')}</p>
      </div>
      <ProblemLine error={asking.error} />
    </Dialog>
  );
}

function AskButtons({
  asking,
  cancel,
  onCancel,
  onRemove,
}: {
  asking: Asking;
  cancel: RefObject<HTMLButtonElement | null>;
  onCancel: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('ask-removal');
  const { t: common } = useTranslation('platform');
  const reviews = useRight('removal.review');
  return (
    <>
      {reviews && (
        <Button
          variant="quiet"
          className="mr-auto max-md:order-last max-md:mr-0 max-md:w-full"
          aria-disabled={asking.isBusy}
          onClick={onRemove}
        >
          {t('remove-now')}
        </Button>
      )}
      <Button
        ref={cancel}
        className="max-md:flex-1"
        aria-disabled={asking.isBusy}
        onClick={() => asking.isBusy || onCancel()}
      >
        {common('cancel')}
      </Button>
      <Button
        type="submit"
        variant="primary"
        className="max-md:flex-1"
        icon={<Flag />}
        isBusy={asking.isBusy}
      >
        {t('ask')}
      </Button>
    </>
  );
}

function SureButtons({ asking, onBack }: { asking: Asking; onBack: () => void }) {
  const { t } = useTranslation('ask-removal');
  return (
    <>
      {/* The first focus of a dangerous step is the way back. */}
      <Button autoFocus aria-disabled={asking.isBusy} onClick={() => asking.isBusy || onBack()}>
        {t('sure.back')}
      </Button>
      <Button type="submit" variant="danger" isBusy={asking.isBusy}>
        {t('sure.remove')}
      </Button>
    </>
  );
}
