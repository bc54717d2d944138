import { Contact, LayoutTemplate, List, MapPin, RectangleEllipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuItem } from '#platform/web/ui/menu.tsx';
import type { Conversation } from '../../contract.ts';
import {
  SendButtonsDialog,
  SendContactDialog,
  SendListDialog,
  SendLocationDialog,
} from '../dialogs/lazy-dialogs.ts';
import { AttachMenu } from './attachments/attach-menu.tsx';
import { ConversationTemplateDialog } from './template-button.tsx';

type Extra = 'location' | 'contact' | 'buttons' | 'list' | 'template';

/** Everything that can be sent beside a text: files, and what has a dialog of its own. */
export function AttachButton({
  conversation,
  onDone,
}: {
  conversation: Conversation;
  /** Files were chosen, or a dialog was closed: the field is wanted again. */
  onDone: () => void;
}) {
  const { t } = useTranslation('media');
  const { t: templates } = useTranslation('templates');
  const [extra, setExtra] = useState<Extra>();
  const { id } = conversation;
  const close = () => {
    setExtra(undefined);
    onDone();
  };
  const dialog = { conversationId: id, onClose: close, onFailed: close };
  return (
    <>
      <AttachMenu conversationId={id} onAdded={onDone}>
        <MenuItem
          icon={<MapPin />}
          label={t('attach.location')}
          onSelect={() => setExtra('location')}
        />
        <MenuItem
          icon={<Contact />}
          label={t('attach.contact')}
          onSelect={() => setExtra('contact')}
        />
        <MenuItem
          icon={<RectangleEllipsis />}
          label={t('attach.buttons')}
          onSelect={() => setExtra('buttons')}
        />
        <MenuItem icon={<List />} label={t('attach.list')} onSelect={() => setExtra('list')} />
        <MenuItem
          icon={<LayoutTemplate />}
          label={templates('open')}
          onSelect={() => setExtra('template')}
        />
      </AttachMenu>
      {extra === 'location' && <SendLocationDialog {...dialog} />}
      {extra === 'contact' && <SendContactDialog {...dialog} />}
      {extra === 'buttons' && <SendButtonsDialog {...dialog} />}
      {extra === 'list' && <SendListDialog {...dialog} />}
      {extra === 'template' && (
        <ConversationTemplateDialog conversation={conversation} onClose={close} />
      )}
    </>
  );
}
