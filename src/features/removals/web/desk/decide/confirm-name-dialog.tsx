import { CircleSlash, UsersRound } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';

interface ConfirmNameProps {
  /** Nothing is removed yet: somebody else has the last word. */
  isProposal: boolean;
  /** The contact is blocked in the same step. */
  blocks: string | null;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** The last question before a name goes for good; *Cancelar* has the focus. */
export function ConfirmNameDialog(props: ConfirmNameProps) {
  const { isProposal, blocks, isBusy, error, onConfirm, onClose } = props;
  const { t } = useTranslation('removals-desk');
  const { t: platform } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      role="alertdialog"
      initialFocus={cancel}
      onOpenChange={(open) => !open && !isBusy && onClose()}
      title={t(isProposal ? 'name.propose-title' : 'name.remove-title')}
      description={t(isProposal ? 'name.propose-body' : 'name.remove-body')}
      footer={
        <>
          <Button ref={cancel} onClick={onClose} aria-disabled={isBusy}>
            {platform('cancel')}
          </Button>
          <Button
            variant={isProposal ? 'primary' : 'danger'}
            icon={isProposal ? <UsersRound /> : <CircleSlash />}
            isBusy={isBusy}
            onClick={onConfirm}
          >
            {t(isProposal ? 'confirm.propose' : 'confirm.remove')}
          </Button>
        </>
      }
    >
      {(blocks !== null || Boolean(error)) && (
        <div className="flex flex-col gap-3 py-1">
          {blocks !== null && (
            <p className="text-preview text-ink-soft">{t('confirm.blocks', { name: blocks })}</p>
          )}
          <ProblemLine error={error} />
        </div>
      )}
    </Dialog>
  );
}
