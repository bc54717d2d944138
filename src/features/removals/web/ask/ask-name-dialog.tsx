import { type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useAskNameRemoval } from './api.ts';
import { AskButtons, AskFields, useAskForm } from './ask-form.tsx';
import { WithAskWords } from './with-ask-words.tsx';

export interface AskNameDialogProps {
  contactId: string;
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

function Asking({ contactId, onClose, finalFocus }: AskNameDialogProps) {
  const { t } = useTranslation('ask-removal');
  const cancel = useRef<HTMLButtonElement>(null);
  const ask = useAskNameRemoval(contactId);
  const form = useAskForm(ask.isPending);
  const submit = () =>
    form.withReason((reason) => {
      const note = form.note.trim();
      ask.mutate(
        { reason, ...(note && { note }) },
        {
          onSuccess: ({ number }) => {
            onClose();
            showToast(t('name.done', { number }));
          },
        },
      );
    });
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
      footer={<AskButtons cancel={cancel} isBusy={ask.isPending} onCancel={onClose} />}
    >
      <AskFields form={form} noteHint={t('name.note-hint')} limit={t('name.not-their-phone')} />
      <ProblemLine error={ask.error} />
    </Dialog>
  );
}
