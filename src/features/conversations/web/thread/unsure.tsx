import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Message } from '../../contract.ts';
import { askAboutMessage } from '../data/ask-about-message.ts';

/** WhatsApp never told how it ended: whoever looks, on the phone or by asking the person, says it here. */
export function Unsure({ message }: { message: Message }) {
  const { t } = useTranslation('conversations');
  const client = useQueryClient();
  const problemText = useProblemText();
  const settle = useMutation({
    mutationFn: (outcome: 'sent' | 'failed') =>
      askAboutMessage(client, message.id, () =>
        api.post<Message>(`/api/v1/messages/${message.id}/settle`, { outcome }),
      ),
    onError: (error) => showToast(problemText(error).text),
  });
  const button = (outcome: 'sent' | 'failed') => (
    <Button
      size="sm"
      isBusy={settle.isPending && settle.variables === outcome}
      aria-disabled={settle.isPending || undefined}
      onClick={() => settle.isPending || settle.mutate(outcome)}
    >
      {t(`settle.${outcome}`)}
    </Button>
  );
  return (
    <div className="mt-1.5 text-preview">
      <p className="font-medium text-ink-soft">{t('status.unknown')}</p>
      <p className="text-meta text-ink-soft">{t('settle.hint')}</p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        {button('sent')}
        {button('failed')}
      </div>
    </div>
  );
}
