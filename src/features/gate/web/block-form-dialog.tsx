import { ShieldBan } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockReason } from '../contract.ts';
import type { BlockInput } from './api.ts';
import { BlockFormFields } from './block-fields.tsx';
import { useBlockForm } from './block-form.ts';

export interface BlockFormDialogProps {
  open?: boolean;
  /** Not while it is being done. */
  onClose: () => void;
  finalFocus?: RefObject<HTMLElement | null>;
  title: string;
  body: string;
  /** What the block will stop. */
  impact: ReactNode;
  confirm: string;
  /** Said once it takes long: the answer waits for messages that were on the wire. */
  waiting: string;
  /** Whether it is to be said if WhatsApp's own list is asked as well. */
  hasUpstream?: boolean;
  /** What to begin with. */
  reason?: BlockReason;
  isPending: boolean;
  error: unknown;
  onBlock: (block: BlockInput) => void;
}

function useIsSlow(isPending: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setSlow(true), 1500);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isPending]);
  return isSlow;
}

/** Every dialog that makes a block by hand: what it will stop, why, until when. */
export function BlockFormDialog(props: BlockFormDialogProps) {
  const { open = true, finalFocus, title, body, impact, isPending, error, onBlock } = props;
  const { t } = useTranslation('gate');
  const cancel = useRef<HTMLButtonElement>(null);
  const form = useBlockForm(props.reason && { reason: props.reason });
  const isSlow = useIsSlow(isPending);
  const close = () => {
    if (!isPending) props.onClose();
  };
  const submit = () => {
    const block = form.check();
    if (block && !isPending) onBlock(block);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && close()}
      role="alertdialog"
      initialFocus={cancel}
      {...(finalFocus && { finalFocus })}
      title={title}
      description={body}
      onSubmit={submit}
      footer={
        <>
          {isSlow && (
            <p role="status" className="w-full text-preview text-ink-soft">
              {props.waiting}
            </p>
          )}
          <Button ref={cancel} onClick={close} aria-disabled={isPending}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="danger" icon={<ShieldBan />} isBusy={isPending}>
            {props.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        {impact}
        <BlockFormFields form={form} hasUpstream={props.hasUpstream ?? true} />
        <HelpLink to="bloquear-contato#o-que-muda-na-conversa" />
        <ProblemLine error={error} />
      </div>
    </Dialog>
  );
}
