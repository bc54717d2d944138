import { type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { StoppedList } from './stopped-list.tsx';
import { useStopped } from './use-stopped.ts';
import { WithStoppedWords } from './with-stopped-words.tsx';

interface StoppedDialogProps {
  contact: { id: string; name: string };
  /** Its own panel shows what is stopped there. */
  openConversationId: string | null;
  onClose: () => void;
  /** Where the focus goes then; by default back to what had it. */
  finalFocus?: RefObject<HTMLElement | null>;
}

/** After an unblock: what was stopped, where nothing else on the screen shows it. Without any it is not seen at all. */
export function StoppedDialog(props: StoppedDialogProps) {
  return (
    <WithStoppedWords>
      <Listing {...props} />
    </WithStoppedWords>
  );
}

function Listing({ contact, openConversationId, onClose, finalFocus }: StoppedDialogProps) {
  const { t } = useTranslation('stopped');
  const { data, isFetching, isError } = useStopped(contact.id);
  const isSeen = data?.every(({ conversationId }) => conversationId === openConversationId);
  const isOver = isError || (isSeen === true && !isFetching);
  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);
  if (!data || isSeen !== false) return null;
  return (
    <Dialog
      open
      size="md"
      {...(finalFocus && { finalFocus })}
      onOpenChange={(open) => !open && onClose()}
      title={t('dialog-title', { name: contact.name })}
      description={`${t('count', { count: data.length })} ${t('hint')}`}
      footer={<Button onClick={onClose}>{t('later')}</Button>}
    >
      <StoppedList contactId={contact.id} messages={data} />
    </Dialog>
  );
}
