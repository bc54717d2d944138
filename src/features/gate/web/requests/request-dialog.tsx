import { ShieldQuestionMark } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockReason } from '../../contract.ts';
import type { GateDialogProps } from '../gate-contact.ts';
import { ReasonChoice } from '../reason-choice.tsx';
import { useRequestBlock } from './api.ts';
import { NoteField } from './note-field.tsx';
import { WithDeskWords } from './with-desk-words.tsx';

/** *Pedir bloqueio*: the reason, and a note for the administration. */
export function RequestDialog(props: GateDialogProps) {
  return (
    <WithDeskWords>
      <Asking {...props} />
    </WithDeskWords>
  );
}

function Asking({ contact, open, onOpenChange, finalFocus }: GateDialogProps) {
  const { t } = useTranslation('request-desk');
  const { t: words } = useTranslation('requests');
  const { t: gate } = useTranslation('gate');
  const cancel = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState<BlockReason | null>(null);
  const [note, setNote] = useState('');
  const [wasTried, setTried] = useState(false);
  const ask = useRequestBlock();
  const submit = () => {
    setTried(true);
    if (!reason) focusFirstError('[role=dialog]');
    if (!reason || ask.isPending) return;
    ask.mutate(
      { contactId: contact.id, reason, ...(note.trim() && { note: note.trim() }) },
      {
        // The bar above the composer says that it was sent.
        onSuccess: () => onOpenChange(false),
      },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !ask.isPending && onOpenChange(next)}
      initialFocus={cancel}
      finalFocus={finalFocus}
      title={t('ask.title', { name: contact.name })}
      description={t('ask.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={() => onOpenChange(false)} aria-disabled={ask.isPending}>
            {gate('action.cancel')}
          </Button>
          <Button
            type="submit"
            variant="primary"
            icon={<ShieldQuestionMark />}
            isBusy={ask.isPending}
          >
            {words('ask')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <ReasonChoice value={reason} onChange={setReason} isChecked={wasTried} />
        <NoteField value={note} onChange={setNote} hint={t('ask.note-hint')} />
        <p className="text-preview text-ink-soft">{t('ask.attached')}</p>
        <HelpLink to="pedir-bloqueio#o-que-acontece-ate-a-decisao" />
        <ProblemLine error={ask.error} />
      </div>
    </Dialog>
  );
}
