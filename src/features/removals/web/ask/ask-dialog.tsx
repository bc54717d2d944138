import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { AskButtons, AskFields, useAskForm } from './ask-form.tsx';
import { useAsking } from './use-asking.ts';
import { WithAskWords } from './with-ask-words.tsx';

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
  return (
    <WithAskWords onClose={props.onClose}>
      <Asking {...props} />
    </WithAskWords>
  );
}

type Asking = ReturnType<typeof useAsking>;

function Asking({ messageIds, onClose, onDone, finalFocus }: AskRemovalDialogProps) {
  const { t } = useTranslation('ask-removal');
  const cancel = useRef<HTMLButtonElement>(null);
  const [isSure, setSure] = useState(false);
  const asking = useAsking({
    messageIds,
    onDone: (ids) => {
      onDone(ids);
      onClose();
    },
  });
  const form = useAskForm(asking.isBusy);
  const count = messageIds.length;
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
      onSubmit={() =>
        form.withReason((given) => (isSure ? asking.remove : asking.ask)(given, form.note))
      }
      footer={
        isSure ? (
          <SureButtons asking={asking} onBack={() => setSure(false)} />
        ) : (
          <>
            <RemoveNow
              isBusy={asking.isBusy}
              onRemove={() => form.withReason(() => setSure(true))}
            />
            <AskButtons cancel={cancel} isBusy={asking.isBusy} onCancel={onClose} />
          </>
        )
      }
    >
      {/* Kept while one is asked whether one is sure, so that going back finds it as it was. */}
      <AskFields
        form={form}
        noteHint={t('note-hint')}
        limit={t('not-their-phone')}
        isHidden={isSure}
      />
      <ProblemLine error={asking.error} />
    </Dialog>
  );
}

/** *Remover agora…*, for whoever decides. */
function RemoveNow({ isBusy, onRemove }: { isBusy: boolean; onRemove: () => void }) {
  const { t } = useTranslation('ask-removal');
  const reviews = useRight('removal.review');
  if (!reviews) return null;
  return (
    <Button
      variant="quiet"
      className="mr-auto max-md:order-last max-md:mr-0 max-md:w-full"
      aria-disabled={isBusy}
      onClick={onRemove}
    >
      {t('remove-now')}
    </Button>
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
