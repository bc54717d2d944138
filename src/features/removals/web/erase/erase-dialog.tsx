import { Eraser } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useErasePerson } from './api.ts';

export interface EraseZoneProps {
  contactId: string;
  contactName: string;
  isBlocked: boolean;
  /** The contact is not there any more. */
  onErased: () => void;
}

/** What goes and what stays, and one word to type: nothing of it can be brought back. */
export function EraseDialog({
  contactId,
  contactName,
  isBlocked,
  onErased,
  onClose,
}: EraseZoneProps & { onClose: () => void }) {
  const { t } = useTranslation('erase');
  const { t: platform } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState('');
  const [wasTried, setTried] = useState(false);
  const erase = useErasePerson(contactId);
  const word = t('word');
  const isMeant = typed.trim().toLowerCase() === word;
  const carryOut = async () => {
    try {
      // Awaited: the live event may take this dialog off the screen before the answer, and `onSuccess` of it as well.
      await erase.mutateAsync();
    } catch {
      return; // Shown in the dialog.
    }
    onClose();
    showToast(t('done'));
    onErased();
  };
  const submit = () => {
    setTried(true);
    if (!isMeant) focusFirstError('[role=alertdialog]');
    else if (!erase.isPending) void carryOut();
  };
  return (
    <Dialog
      open
      size="md"
      role="alertdialog"
      initialFocus={cancel}
      onOpenChange={(open) => !open && !erase.isPending && onClose()}
      title={t('title', { name: contactName })}
      description={t('body')}
      onSubmit={submit}
      footer={
        <>
          <Button
            ref={cancel}
            aria-disabled={erase.isPending}
            onClick={() => erase.isPending || onClose()}
          >
            {platform('cancel')}
          </Button>
          <Button type="submit" variant="danger" icon={<Eraser />} isBusy={erase.isPending}>
            {t('erase')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 py-1">
        <Lines title={t('goes')}>
          <li>{t('goes-list.history')}</li>
          <li>{t('goes-list.who')}</li>
          <li>{t('goes-list.notes')}</li>
        </Lines>
        <Lines title={t('stays')}>
          {isBlocked && <li>{t('stays-list.blocked')}</li>}
          <li>{t('stays-list.counts')}</li>
          <li>{t('stays-list.phone')}</li>
        </Lines>
        {!isBlocked && <p className="text-preview text-ink-soft">{t('new-contact')}</p>}
        <HelpLink to="apagar-dados#o-que-fica" />
        <TextField
          label={t('type', { word })}
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={wasTried && !isMeant ? t('type-missing', { word }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <ProblemLine error={erase.error} />
    </Dialog>
  );
}

const Lines = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-1 text-body font-medium">{title}</h3>
    <ul className="flex list-disc flex-col gap-1 pl-5 text-preview text-ink-soft">{children}</ul>
  </section>
);
