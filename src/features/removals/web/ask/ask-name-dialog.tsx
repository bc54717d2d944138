import { type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { AskButtons, AskFields, useAskForm } from './ask-form.tsx';
import { RemoveNow, SureButtons, SureFields, useSure } from './sure.tsx';
import { useAskingName } from './use-asking-name.ts';
import { WithAskWords } from './with-ask-words.tsx';

export interface AskNameDialogProps {
  contactId: string;
  isBlocked: boolean;
  onClose: () => void;
  finalFocus: RefObject<HTMLElement | null>;
}

/** *Solicitar remoção do nome*: the reason and a note. The name itself is not shown: one need not read it again. */
export function AskNameDialog(props: AskNameDialogProps) {
  return (
    <WithAskWords onClose={props.onClose}>
      <Asking {...props} />
    </WithAskWords>
  );
}

function Asking({ contactId, isBlocked, onClose, finalFocus }: AskNameDialogProps) {
  const { t } = useTranslation('ask-removal');
  const cancel = useRef<HTMLButtonElement>(null);
  const sure = useSure({ isBlocked });
  const asking = useAskingName(contactId, onClose);
  const form = useAskForm(asking.isBusy);
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
      title={t(sure.isAsked ? 'name.sure.title' : 'name.title')}
      description={t(sure.isAsked ? 'name.sure.body' : 'name.body')}
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
        noteHint={t('name.note-hint')}
        limit={t('name.not-their-phone')}
        isHidden={sure.isAsked}
      />
      {sure.isAsked && (
        <SureFields sure={sure} label={t('name.sure.block')} isBlocked={isBlocked} />
      )}
      <ProblemLine error={asking.error} />
    </Dialog>
  );
}
