import { type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { AskButtons, AskFields, useAskForm } from './ask-form.tsx';
import { RemoveNow, SureButtons, SureFields, useSure } from './sure.tsx';
import { useAsking } from './use-asking.ts';
import { WithAskWords } from './with-ask-words.tsx';

export interface AskRemovalDialogProps {
  /** Of one conversation, at most fifty. */
  messageIds: readonly string[];
  /** They are covered already: whoever asks joins those who asked before. */
  isCovered: boolean;
  /** With whom the conversation is. */
  contact: { readonly name: string; readonly isBlocked: boolean };
  onClose: () => void;
  /** What is covered from now on; or gone already, by whoever decides. */
  onDone: (coveredMessageIds: readonly string[], isRemoved: boolean) => void;
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

function Asking(props: AskRemovalDialogProps) {
  const { messageIds, isCovered, onClose, onDone, finalFocus } = props;
  const { t } = useTranslation('ask-removal');
  const cancel = useRef<HTMLButtonElement>(null);
  const sure = useSure(props.contact);
  const asking = useAsking({
    messageIds,
    isCovered,
    onDone: (ids, isRemoved) => {
      onDone(ids, isRemoved);
      onClose();
    },
  });
  const form = useAskForm(asking.isBusy);
  const count = messageIds.length;
  const close = (open: boolean, how: { readonly reason: string }) => {
    if (open || asking.isBusy) return;
    if (sure.isAsked && how.reason === 'escape-key') sure.back();
    else onClose();
  };
  const submit = () =>
    form.withReason((reason) => {
      if (!sure.isAsked) asking.ask(reason, form.note);
      else sure.withBlock((block) => asking.remove(reason, form.note, block));
    });
  return (
    <Dialog
      open
      size="md"
      onOpenChange={close}
      initialFocus={cancel}
      finalFocus={finalFocus}
      title={sure.isAsked ? t('sure.title', { count }) : t('title', { count })}
      description={sure.isAsked ? t('sure.body') : t(isCovered ? 'body-covered' : 'body')}
      onSubmit={submit}
      footer={
        sure.isAsked ? (
          <SureButtons isBusy={asking.isBusy} onBack={sure.back} />
        ) : (
          <>
            <RemoveNow isBusy={asking.isBusy} onRemove={() => form.withReason(sure.ask)} />
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
        isHidden={sure.isAsked}
      />
      {sure.isAsked && (
        <SureFields
          sure={sure}
          label={t('sure.block', { name: props.contact.name })}
          isBlocked={props.contact.isBlocked}
        />
      )}
      <ProblemLine error={asking.error} />
    </Dialog>
  );
}
