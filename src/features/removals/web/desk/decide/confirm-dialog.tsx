import { CircleSlash, UsersRound } from 'lucide-react';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';

interface ConfirmProps {
  title: string;
  body: string;
  /** Nothing is removed yet: somebody else has the last word. */
  isProposal: boolean;
  /** What happens besides. */
  lines: readonly string[];
  decide: { readonly isPending: boolean; readonly error: unknown };
  onConfirm: () => void;
  onClose: () => void;
}

/** Back to *Decidir*; once everything is decided that is gone, and the heading of the request is the place. */
function useAfterwards(): RefObject<HTMLElement | null> {
  const [origin] = useState(focusOrigin);
  return useMemo(
    () => ({
      get current() {
        return origin?.isConnected && origin !== document.body
          ? origin
          : document.querySelector<HTMLElement>('[data-request-heading]');
      },
    }),
    [origin],
  );
}

/** The last question before something goes for good; *Cancelar* has the focus. */
export function ConfirmDialog(props: ConfirmProps) {
  const { title, body, isProposal, lines, decide, onConfirm, onClose } = props;
  const { isPending: isBusy, error } = decide;
  const { t } = useTranslation('removals-desk');
  const { t: platform } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  const afterwards = useAfterwards();
  return (
    <Dialog
      open
      role="alertdialog"
      initialFocus={cancel}
      finalFocus={afterwards}
      onOpenChange={(open) => !open && !isBusy && onClose()}
      title={title}
      description={body}
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
