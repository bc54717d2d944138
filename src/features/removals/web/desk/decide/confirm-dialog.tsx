import { CircleSlash, UsersRound } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { weigh } from './use-decision.ts';

interface ConfirmProps {
  weight: ReturnType<typeof weigh>;
  /** The contact is blocked in the same step. */
  blocks: string | null;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** The last question before content goes for good; *Cancelar* has the focus. */
export function ConfirmDialog({ weight, blocks, isBusy, error, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation('removals-desk');
  const { t: platform } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  const { removed, proposed, kept, along } = weight;
  // Nothing is removed yet: somebody else has the last word.
  const isProposal = removed === 0;
  const name = isProposal ? 'propose' : 'remove';
  const lines = [
    along > 0 && t('confirm.along', { count: along }),
    !isProposal && proposed > 0 && t('confirm.proposed', { count: proposed }),
    kept > 0 && t('confirm.kept', { count: kept }),
    blocks !== null && t('confirm.blocks', { name: blocks }),
  ].filter((line) => line !== false);
  return (
    <Dialog
      open
      role="alertdialog"
      initialFocus={cancel}
      onOpenChange={(open) => !open && !isBusy && onClose()}
      title={t(`confirm.${name}-title`, { count: isProposal ? proposed : removed })}
      description={t(`confirm.${name}-body`)}
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
            {t(`confirm.${name}`)}
          </Button>
        </>
      }
    >
      {(lines.length > 0 || Boolean(error)) && (
        <div className="flex flex-col gap-3 py-1">
          {lines.length > 0 && (
            <ul className="list-disc space-y-1 pl-5 text-preview text-ink-soft">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <ProblemLine error={error} />
        </div>
      )}
    </Dialog>
  );
}
