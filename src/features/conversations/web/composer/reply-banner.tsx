import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import type { Message } from '../../contract.ts';
import { useCurrentMessage } from '../data/queries.ts';
import { MediaKindIcon } from '../thread/media/kind-icon.tsx';
import { usePreviewText } from '../thread/message-words.ts';

/** What the next message will quote. */
export function ReplyBanner({
  message: known,
  contactName,
  onCancel,
}: {
  message: Message;
  contactName: string;
  onCancel: () => void;
}) {
  const { t } = useTranslation('conversations');
  const previewText = usePreviewText();
  const message = useCurrentMessage(known);
  // After a reload, until its thread is read.
  const isUnread = message.type === 'text' && message.text === null && !message.revokedAt;
  const isKindOnly = isUnread && !message.withheld;
  return (
    <div className="flex items-center gap-2 px-2 pt-2">
      <div className="min-w-0 flex-1 rounded-control border-l-[3px] border-accent bg-sunken px-2.5 py-1.5">
        <p className="truncate text-meta font-medium text-accent-ink">
          {message.direction === 'in'
            ? t('composer.replying-to', { name: contactName })
            : t('composer.replying-to-you')}
        </p>
        <p className="flex items-center gap-1 text-preview text-ink-soft">
          <MediaKindIcon type={message.type} withheld={message.withheld} />
          <span className="truncate">{isKindOnly ? t('kind.text') : previewText(message)}</span>
        </p>
      </div>
      <IconButton
        label={t('composer.cancel-reply')}
        icon={<X />}
        shortcut="Esc"
        onClick={onCancel}
      />
    </div>
  );
}
