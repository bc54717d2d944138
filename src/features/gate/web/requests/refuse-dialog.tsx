import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { useRefuseRequest } from './api.ts';
import { NoteField } from './note-field.tsx';

/** Nobody is blocked; a word back to those who asked. */
export function RefuseDialog({ request, onClose }: { request: BlockRequest; onClose: () => void }) {
  const { t } = useTranslation('request-desk');
  const { t: gate } = useTranslation('gate');
  const cancel = useRef<HTMLButtonElement>(null);
  const [answer, setAnswer] = useState('');
  const refuse = useRefuseRequest();
  const name = personTitle(request.contactName, request.contactPhone);
  const submit = () => {
    if (refuse.isPending) return;
    refuse.mutate(
      { id: request.id, answer: answer.trim() },
      {
        onSuccess: () => {
          onClose();
          showToast(t('refuse.done', { name }));
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !refuse.isPending && onClose()}
      initialFocus={cancel}
      title={t('refuse.title', { name })}
      description={t('refuse.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={onClose} aria-disabled={refuse.isPending}>
            {gate('action.cancel')}
          </Button>
          <Button type="submit" variant="primary" isBusy={refuse.isPending}>
            {t('refuse.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 py-1">
        <NoteField
          label={t('refuse.answer')}
          value={answer}
          onChange={setAnswer}
          hint={t('refuse.answer-hint')}
        />
        <ProblemLine error={refuse.error} />
      </div>
    </Dialog>
  );
}
