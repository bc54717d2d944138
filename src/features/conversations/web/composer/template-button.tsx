import { useQueryClient } from '@tanstack/react-query';
import { LayoutTemplate } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SendTemplateDialog } from '#features/templates/web/index.ts';
import { ApiProblem, api } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import type { Conversation, Message } from '../../contract.ts';
import { contactTitle } from '../contact-title.ts';
import { applyMessage } from '../data/apply-changes.ts';
import { queryKeys } from '../data/query-keys.ts';

/** The dialog for this conversation; for any menu that offers it. */
export function ConversationTemplateDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { id, channel } = conversation;
  return (
    <SendTemplateDialog
      channelId={channel.id}
      contactName={contactTitle(conversation)}
      onClose={onClose}
      onFailed={onClose}
      send={async (request, key) => {
        try {
          const path = `/api/v1/conversations/${id}/messages`;
          const headers = { 'idempotency-key': key };
          applyMessage(client, await api.post<Message>(path, request, { headers }));
        } catch (error) {
          if (error instanceof ApiProblem && error.problem.messageId) {
            // The refused attempt is in the history, and the live event brings it.
            void client.invalidateQueries({ queryKey: queryKeys.one(id) });
          }
          throw error;
        }
      }}
    />
  );
}

/** Opens the templates: the main action while the window is closed. */
export function TemplateButton({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('templates');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        icon={<LayoutTemplate className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t('open')}
      </Button>
      {isOpen && (
        <ConversationTemplateDialog conversation={conversation} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
