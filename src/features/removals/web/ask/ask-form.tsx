import { Flag } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import type { RemovalReason } from '../../contract.ts';
import { ReasonChoice } from './reason-choice.tsx';

/** Why, and a note; nothing is chosen for the person. */
export function useAskForm(isBusy: boolean) {
  const [reason, setReason] = useState<RemovalReason | null>(null);
  const [note, setNote] = useState('');
  const [wasTried, setTried] = useState(false);
  return {
    ...{ reason, setReason, note, setNote, wasTried },
    /** Goes on only with a reason. */
    withReason: (next: (reason: RemovalReason) => void) => {
      setTried(true);
      if (!reason) focusFirstError('[role=dialog]');
      else if (!isBusy) next(reason);
    },
  };
}

/** The reason and the note, and what asking does not do. */
export function AskFields({
  form,
  noteHint,
  limit,
  isHidden = false,
}: {
  form: ReturnType<typeof useAskForm>;
  noteHint: string;
  limit: string;
  isHidden?: boolean;
}) {
  const { t } = useTranslation('ask-removal');
  return (
    <div className={isHidden ? 'hidden' : 'flex flex-col gap-5 py-1'}>
      <ReasonChoice value={form.reason} onChange={form.setReason} isChecked={form.wasTried} />
      <TextArea
        label={
          <>
            {t('note')} <span className="font-normal text-ink-soft">{t('optional')}</span>
          </>
        }
        hint={noteHint}
        rows={2}
        maxLength={2000}
        value={form.note}
        onChange={(event) => form.setNote(event.target.value)}
      />
      <div>
        <p className="text-preview text-ink-soft">{limit}</p>
        <HelpLink to="remocao#o-que-ela-nao-faz" />
      </div>
    </div>
  );
}

/** *Cancelar*, and *Solicitar remoção*, which sends the form. */
export function AskButtons({
  cancel,
  isBusy,
  onCancel,
}: {
  cancel: RefObject<HTMLButtonElement | null>;
  isBusy: boolean;
  onCancel: () => void;
}) {
  const { t } = useTranslation('ask-removal');
  const { t: platform } = useTranslation('platform');
  return (
    <>
      <Button
        ref={cancel}
        className="max-md:flex-1"
        aria-disabled={isBusy}
        onClick={() => isBusy || onCancel()}
      >
        {platform('cancel')}
      </Button>
      <Button
        type="submit"
        variant="primary"
        className="max-md:flex-1"
        icon={<Flag />}
        isBusy={isBusy}
      >
        {t('ask')}
      </Button>
    </>
  );
}
