import { Check, CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { personTitle } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { useFailureText } from '../thread/message-words.ts';
import { type ForwardTarget, targetKey } from './forward-targets.ts';

export interface ForwardResult {
  conversationId: string;
  status: 'queued' | 'refused';
  code?: string;
  messageId: string | null;
}

/** What became of each target, when not all went through. */
export function ForwardResults({
  results,
  targets,
  onClose,
}: {
  results: readonly ForwardResult[];
  targets: readonly ForwardTarget[];
  onClose: () => void;
}) {
  const { t } = useTranslation('conversations');
  const failureText = useFailureText();
  const wordsFor = (target: ForwardTarget) => {
    const result = results.find((each) => each.conversationId === target.conversationId);
    if (result?.status === 'queued') return { isSent: true, words: t('forward.queued') };
    return { isSent: false, words: failureText(result ? result.code : 'contact-blocked') };
  };
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && onClose()}
      title={t('forward.results-title')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('forward.close')}
        </Button>
      }
    >
      <ul className="max-h-96">
        {targets.map((target) => {
          const { isSent, words } = wordsFor(target);
          return (
            <li
              key={targetKey(target)}
              className="flex items-center justify-between gap-4 border-b border-hairline py-2.5 last:border-0"
            >
              <span className="min-w-0 truncate font-medium">
                {personTitle(target.name, target.phone)}
              </span>
              <span className="flex shrink-0 items-center gap-1.5 text-preview text-ink-soft">
                {isSent ? <Check className="size-4" /> : <CircleAlert className="size-4" />}
                {words}
              </span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
