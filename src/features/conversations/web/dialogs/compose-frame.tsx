import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { SendMessage } from '../../contract.ts';
import { type Around, type Faults, limits } from '../data/compose-drafts.ts';
import { useSendStructured } from '../data/send-structured.ts';
import { LimitedArea, LimitedField } from './limited-field.tsx';

interface ComposeFrameProps<D extends Around> {
  conversationId: string;
  onClose: () => void;
  kind: 'buttons' | 'list';
  draft: D;
  onDraft: (draft: D) => void;
  faults: Faults;
  /** Undefined while it cannot be sent. */
  read: () => SendMessage | undefined;
  /** Draws what is pressed; faults are given once somebody has tried to send. */
  children: (faults: Faults) => ReactNode;
}

const none: Faults = new Map();

/** What buttons and lists share: the text, what stands around it, sending. */
export function ComposeFrame<D extends Around>(props: ComposeFrameProps<D>) {
  const { conversationId, onClose, kind, draft, onDraft, read, children } = props;
  const { t } = useTranslation('compose');
  const { t: common } = useTranslation('platform');
  const [isTried, setTried] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const send = useSendStructured(conversationId, onClose);
  const faults = isTried ? props.faults : none;
  const submit = () => {
    const message = read();
    setTried(true);
    if (!message) focusFirstError('[role=dialog]');
    else if (!send.isPending) send.mutate(message);
  };
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && onClose()}
      title={t(`${kind}.title`)}
      description={t(`${kind}.description`)}
      initialFocus={text}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={send.isPending}>
            {t('send')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <LimitedArea
          areaRef={text}
          label={t('text')}
          value={draft.text}
          most={kind === 'list' ? limits.listText : limits.buttonsText}
          fault={faults.get('text')}
          onChange={(value) => onDraft({ ...draft, text: value })}
        />
        {children(faults)}
        <div className="grid gap-4 sm:grid-cols-2">
          {(['header', 'footer'] as const).map((edge) => (
            <LimitedField
              key={edge}
              label={t(edge)}
              value={draft[edge]}
              most={limits.edge}
              onChange={(value) => onDraft({ ...draft, [edge]: value })}
            />
          ))}
        </div>
        {send.error && <ProblemLine error={send.error} />}
      </div>
    </Dialog>
  );
}
